package io.dsrbroker.api;

import io.dsrbroker.job.Target;
import io.dsrbroker.job.TargetKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which clients are restricted, and to what: a list, because names of clients may hold what names of settings may not.
 *
 * @param clients clients that may send requests only for some targets, and see only their own requests; who is not named is
 *     not restricted
 */
@Validated
@ConfigurationProperties("dsr")
record ClientProperties(@DefaultValue List<@Valid Restriction> clients) {

    /**
     * What a client is restricted to.
     *
     * @param name the client's name in its tokens, upper and lower case being the same; {@code none} stands for tokens that
     *     name no client
     * @param targets rules; it may send requests for targets that one of these fits
     */
    @ConfigurationPropertiesSource
    record Restriction(@NotBlank String name, @NotEmpty List<@Valid Rule> targets) {}

    /**
     * Fits a target that has all that is given here, upper and lower case being the same.
     *
     * @param kind what kind of target it must be
     * @param subscriptionId the subscription it must be in
     * @param resourceGroup the resource group it must be in
     * @param account the account it must be or be in
     * @param workspace the workspace it must be or be in
     * @param name the name it must have in the request, which whoever sends a request may choose, so that it cannot stand alone
     */
    @ConfigurationPropertiesSource
    record Rule(
            @Nullable TargetKind kind,
            @Nullable String subscriptionId,
            @Nullable String resourceGroup,
            @Nullable String account,
            @Nullable String workspace,
            @Nullable String name) {

        @AssertTrue(message = "A rule must name a kind, subscriptionId, resourceGroup, account or workspace")
        boolean isOfAPlace() {
            return kind != null
                    || Stream.of(subscriptionId, resourceGroup, account, workspace)
                            .anyMatch(place -> place != null && !place.isBlank());
        }

        boolean fits(Target target) {
            return (kind == null || kind == target.kind())
                    && fits(subscriptionId, target.subscriptionId())
                    && fits(resourceGroup, target.resourceGroup())
                    && fits(account, target.account())
                    && fits(workspace, target.workspace())
                    && fits(name, target.name());
        }

        private static boolean fits(@Nullable String wanted, @Nullable String actual) {
            return wanted == null || wanted.equalsIgnoreCase(actual);
        }
    }
}

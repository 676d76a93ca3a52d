package io.dsrbroker.job;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the portal sent it, checked.
 *
 * @param type export or delete
 * @param exportFirst whether a delete is preceded by an export
 * @param externalId the portal's own id
 * @param regulation sets the deadline
 * @param receivedAt when the subject asked
 * @param subject who it is about
 * @param secrets secrets by name, such as {@code dataLabAccessToken}
 * @param verification how the subject was identified
 * @param targets where to look; null for the registered estate
 * @param callbackUrl where to tell of changes
 */
public record Submission(
        RequestType type,
        boolean exportFirst,
        @Nullable String externalId,
        Regulation regulation,
        Instant receivedAt,
        Subject subject,
        Map<String, String> secrets,
        @Nullable Verification verification,
        @Nullable List<Target> targets,
        @Nullable String callbackUrl) {

    /** Host and port of the callback URL, so that telling of a change need not open it. */
    @Nullable
    String callbackHost() {
        if (callbackUrl == null) {
            return null;
        }
        URI url = URI.create(callbackUrl);
        int own = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getHost().toLowerCase(Locale.ROOT) + ":" + (url.getPort() < 0 ? own : url.getPort());
    }

    /** The same at these targets. */
    public Submission at(List<Target> places) {
        return new Submission(
                type,
                exportFirst,
                externalId,
                regulation,
                receivedAt,
                subject,
                secrets,
                verification,
                places,
                callbackUrl);
    }
}

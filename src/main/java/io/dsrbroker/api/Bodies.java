package io.dsrbroker.api;

import io.dsrbroker.job.Decision;
import io.dsrbroker.job.Regulation;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Target.Select;
import io.dsrbroker.job.Target.UnknownOwner;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What callers send, as the description of the API shows it; what is accepted is decided by the readers. */
final class Bodies {

    /** A body of 64 KB holds no more; each takes at least the 39 characters of a UUID in quotes and a comma. */
    private static final int MOST_ITEMS = BodyLimit.MOST / 39;

    private Bodies() {}

    @Schema(name = "NewRequest", description = "A request of a data subject.")
    record NewRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, description = "What the subject asked for.")
            RequestType type,

            @Schema(description = "Whether a DELETE begins with an export.", defaultValue = "false")
            boolean exportFirst,

            @Schema(
                    description = "The portal's own id; not blank, without control characters.",
                    minLength = 1,
                    maxLength = 255)
            String externalId,

            @Schema(description = "Sets the deadline.", defaultValue = "GDPR")
            Regulation regulation,

            @Schema(
                    description =
                            "When the subject asked; from the year 2000 on, and not in the future. Now, if left out.")
            Instant receivedAt,

            @Schema(requiredMode = RequiredMode.REQUIRED, description = "Whose data it is about.")
            NewSubject subject,

            @Schema(description = "What single calls need that only the person has; destroyed when no call needs it.")
            NewSecrets secrets,

            @Schema(description = "How the person was identified; required for DELETE.")
            NewVerification verification,

            @ArraySchema(
                    arraySchema = @Schema(description = "Where to look. The registered targets, if left out."),
                    minItems = 1,
                    maxItems = TargetsReader.MOST)
            List<NewTarget> targets,

            @Schema(
                    description =
                            "An https URL to be told of changes of the stage at, by Standard Webhooks; only of hosts that the"
                                    + " operator allows.",
                    format = "uri",
                    maxLength = CallbackUrl.LONGEST)
            String callbackUrl) {}

    @Schema(name = "NewSubject", description = "The person, by at least one identifier.")
    record NewSubject(
            @Schema(
                    description = "The person's author id in the Gallery, 64 upper-case hex digits.",
                    pattern = "^[0-9A-F]{64}$",
                    maxLength = 64)
            String galleryAuthorId,

            @Schema(description = "The directory's id of the person.")
            UUID objectId,

            @Schema(
                    description = "The user name by which documents name the person; upper and lower case are one.",
                    format = "email",
                    maxLength = 254)
            String email) {}

    @Schema(name = "NewSecrets", description = "Secrets of the person that single calls need.")
    record NewSecrets(
            @Schema(
                    description = "Shows the person's own, unlisted things in the Gallery.",
                    pattern = "^[\\x21-\\x7E]{1,8192}$",
                    minLength = 1,
                    maxLength = 8192)
            String dataLabAccessToken) {}

    @Schema(name = "NewVerification", description = "How the person was identified; required for DELETE.")
    record NewVerification(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "How.",
                    example = "id-document",
                    minLength = 1,
                    maxLength = 255)
            String method,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "By whom.",
                    example = "privacy-desk",
                    minLength = 1,
                    maxLength = 255)
            String verifiedBy,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "When; from the year 2000 on, and not in the future.")
            Instant verifiedAt) {}

    @Schema(name = "NewTarget", description = "A place where data may be; its kind says which fields it needs.")
    record NewTarget(
            @Schema(
                    description =
                            "Unique in the request, not only by case; not `.` or `..` alone. The package has a folder of"
                                    + " this name.",
                    pattern = "^[A-Za-z0-9._-]{1,64}$",
                    minLength = 1,
                    maxLength = 64)
            String name,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "Which fields address it.",
                    allowableValues = {
                        "gallery-author",
                        "hosting-account",
                        "experimentation-account",
                        "ml-workspace",
                        "resource-group",
                        "subscription"
                    })
            String kind,

            @Schema(description = "The Azure subscription; for all but gallery-author.")
            UUID subscriptionId,

            @Schema(
                    description = "The Azure resource group; for all but gallery-author and subscription.",
                    minLength = 1,
                    maxLength = 90)
            String resourceGroup,

            @Schema(
                    description = "The account; for hosting-account and experimentation-account.",
                    minLength = 1,
                    maxLength = 90)
            String account,

            @Schema(
                    description = "The workspace; for ml-workspace, and where wanted for experimentation-account.",
                    minLength = 1,
                    maxLength = 90)
            String workspace,

            @Schema(
                    description = "The project; where wanted for experimentation-account.",
                    minLength = 1,
                    maxLength = 90)
            String project,

            @Schema(
                    description = "An Azure region, asked only where no document says it; not for gallery-author.",
                    pattern = "^[A-Za-z0-9][A-Za-z0-9 ]{0,49}$",
                    minLength = 1,
                    maxLength = 50)
            String location,

            @Schema(description = "How much of it is the subject's. OWNED, if left out; not for gallery-author.")
            Select select,

            @Schema(
                    description =
                            "What becomes of things that nobody owns. REVIEW, if left out; not for gallery-author.")
            UnknownOwner unknownOwner) {}

    @Schema(name = "NewDecision", description = "Either taskIds, or type, target or both.")
    record NewDecision(
            @Schema(requiredMode = RequiredMode.REQUIRED, description = "What is decided.")
            Decision decision,

            @Schema(requiredMode = RequiredMode.REQUIRED, description = "Why.", minLength = 1, maxLength = 4000)
            String reason,

            @ArraySchema(
                    arraySchema = @Schema(description = "About these, by their ids."),
                    minItems = 1,
                    maxItems = MOST_ITEMS)
            List<UUID> taskIds,

            @Schema(description = "About all of this type.", minLength = 1, maxLength = 255)
            String type,

            @Schema(description = "About all in the target of this name.", minLength = 1, maxLength = 255)
            String target) {}

    @Schema(name = "NewApproval", description = "Approves one plan, as it stands under its hash.")
    record NewApproval(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "The hash of the plan that was read.",
                    example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    minLength = 1,
                    maxLength = 255)
            String planHash,

            @ArraySchema(
                    arraySchema =
                            @Schema(
                                    description =
                                            "What is left out; a container in which something stays is not deleted either."),
                    maxItems = MOST_ITEMS)
            List<NewExclusion> exclude,

            @Schema(description = "What else is to be remembered.", minLength = 1, maxLength = 4000)
            String comment) {}

    @Schema(name = "NewExclusion", description = "A resource of the plan that stays.")
    record NewExclusion(
            @Schema(requiredMode = RequiredMode.REQUIRED, description = "At most once in an approval.")
            UUID taskId,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "Why it stays.",
                    minLength = 1,
                    maxLength = 4000)
            String reason) {}

    @Schema(name = "NewDenial", description = "Why nothing is deleted, in the words of the Data Rights Protocol.")
    record NewDenial(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "Why.",
                    allowableValues = {
                        "suspected_fraud",
                        "insufficient_verification",
                        "no_match",
                        "claim_not_covered",
                        "outside_jurisdiction",
                        "too_many_requests",
                        "other"
                    })
            String reason,

            @Schema(description = "More about it.", minLength = 1, maxLength = 4000)
            String comment) {}

    @Schema(name = "NewIntervention", description = "Why.")
    record NewIntervention(
            @Schema(requiredMode = RequiredMode.REQUIRED, description = "Why.", minLength = 1, maxLength = 4000)
            String reason) {}

    @Schema(name = "NewExtension", description = "Why, and by how much.")
    record NewExtension(
            @Schema(requiredMode = RequiredMode.REQUIRED, description = "Why.", minLength = 1, maxLength = 4000)
            String reason,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "How many days are added to the deadline.",
                    minimum = "1",
                    maximum = "366")
            int days) {}

    @Schema(name = "NewConfirmation", description = "What was done by hand.")
    record NewConfirmation(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "What was done.",
                    minLength = 1,
                    maxLength = 4000)
            String note,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "When; from the year 2000 on, and not in the future.")
            Instant doneAt,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "SHA-256 of a screenshot or the like, which stays with the caller.",
                    pattern = "^[0-9a-fA-F]{64}$",
                    maxLength = 64)
            String evidenceSha256) {}
}

package io.dsrbroker.api;

import io.dsrbroker.job.Decision;
import io.dsrbroker.job.Regulation;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Target.Select;
import io.dsrbroker.job.Target.UnknownOwner;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What callers send, as the description of the API shows it; what is accepted is decided by the readers. */
final class Bodies {

    static final String REQUEST = """
            {
              "type": "EXPORT",
              "externalId": "portal-4711",
              "regulation": "GDPR",
              "receivedAt": "2026-11-02T09:15:00Z",
              "subject": {
                "galleryAuthorId": "0A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F60718293A4B5C6D7E8F9",
                "objectId": "7f2a1c7e-0d0c-4a6b-9a55-0f8f5f4a1b2c",
                "email": "first.last@example.com"
              },
              "targets": [
                { "name": "gallery", "kind": "gallery-author" },
                {
                  "name": "lab",
                  "kind": "experimentation-account",
                  "subscriptionId": "11111111-2222-3333-4444-555555555555",
                  "resourceGroup": "rg",
                  "account": "lab",
                  "location": "eastus2",
                  "select": "OWNED",
                  "unknownOwner": "REVIEW"
                }
              ]
            }
            """;
    static final String DELETE = """
            {
              "type": "DELETE",
              "exportFirst": true,
              "externalId": "portal-4712",
              "subject": { "objectId": "7f2a1c7e-0d0c-4a6b-9a55-0f8f5f4a1b2c" },
              "verification": {
                "method": "id-document",
                "verifiedBy": "privacy-desk",
                "verifiedAt": "2026-11-02T09:10:00Z"
              }
            }
            """;
    static final String APPROVAL = """
            {
              "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              "exclude": [
                { "taskId": "01990000-0000-7000-8000-000000000000", "reason": "Needed for a claim (Art. 17(3)(e))." }
              ],
              "comment": "Checked against the registry."
            }
            """;
    static final String DENIAL = """
            { "reason": "insufficient_verification", "comment": "The document had expired." }
            """;
    static final String REASON = """
            { "reason": "The person asked to wait." }
            """;
    static final String EXTENSION = """
            { "reason": "The request is complex.", "days": 30 }
            """;
    static final String CONFIRMATION = """
            {
              "note": "Deleted in the portal.",
              "doneAt": "2026-11-10T14:00:00Z",
              "evidenceSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            }
            """;
    static final String DECISION = """
            { "decision": "INCLUDE", "type": "model", "target": "lab", "reason": "The account is the subject's own." }
            """;
    static final String TARGET = """
            {
              "kind": "hosting-account",
              "subscriptionId": "11111111-2222-3333-4444-555555555555",
              "resourceGroup": "rg",
              "account": "models"
            }
            """;

    private Bodies() {}

    @Schema(name = "NewRequest", description = "A request of a data subject.")
    record NewRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED) RequestType type,

            @Schema(description = "Whether a DELETE begins with an export.", defaultValue = "false")
            boolean exportFirst,

            @Schema(description = "The portal's own id.", maxLength = 255)
            String externalId,

            @Schema(description = "Sets the deadline.", defaultValue = "GDPR")
            Regulation regulation,

            @Schema(description = "When the subject asked; not in the future. Now, if left out.")
            Instant receivedAt,

            @Schema(requiredMode = RequiredMode.REQUIRED) NewSubject subject,
            NewSecrets secrets,
            NewVerification verification,

            @Schema(description = "Where to look. The registered targets, if left out.")
            List<NewTarget> targets,

            @Schema(
                    description =
                            "An https URL to be told of changes of the stage at, by Standard Webhooks; only of hosts that the"
                                    + " operator allows.",
                    format = "uri")
            String callbackUrl) {}

    @Schema(name = "NewSubject", description = "The person, by at least one identifier.")
    record NewSubject(
            @Schema(pattern = "^[0-9A-F]{64}$") String galleryAuthorId,

            @Schema(description = "The directory's id of the person.")
            UUID objectId,

            @Schema(format = "email") String email) {}

    @Schema(name = "NewSecrets", description = "Secrets of the person that single calls need.")
    record NewSecrets(
            @Schema(description = "Shows the person's own, unlisted things in the Gallery.")
            String dataLabAccessToken) {}

    @Schema(name = "NewVerification", description = "How the person was identified; required for DELETE.")
    record NewVerification(
            @Schema(requiredMode = RequiredMode.REQUIRED, example = "id-document")
            String method,

            @Schema(requiredMode = RequiredMode.REQUIRED, example = "privacy-desk")
            String verifiedBy,

            @Schema(requiredMode = RequiredMode.REQUIRED) Instant verifiedAt) {}

    @Schema(name = "NewTarget", description = "A place where data may be; its kind says which fields it needs.")
    record NewTarget(
            @Schema(description = "Unique in the request.", pattern = "^[A-Za-z0-9._-]{1,64}$")
            String name,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    allowableValues = {
                        "gallery-author",
                        "hosting-account",
                        "experimentation-account",
                        "ml-workspace",
                        "resource-group",
                        "subscription"
                    })
            String kind,

            UUID subscriptionId,
            String resourceGroup,
            String account,
            String workspace,
            String project,

            @Schema(description = "Asked only where no document says it.")
            String location,

            @Schema(description = "Not for gallery-author.", defaultValue = "OWNED")
            Select select,

            @Schema(description = "Not for gallery-author.", defaultValue = "REVIEW")
            UnknownOwner unknownOwner) {}

    @Schema(name = "NewDecision", description = "Either taskIds, or type, target or both.")
    record NewDecision(
            @Schema(requiredMode = RequiredMode.REQUIRED) Decision decision,

            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 4000)
            String reason,

            List<UUID> taskIds,
            String type,
            String target) {}

    @Schema(name = "NewApproval", description = "Approves one plan, as it stands under its hash.")
    record NewApproval(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "The hash of the plan that was read.",
                    pattern = "^[0-9a-f]{64}$")
            String planHash,

            @Schema(description = "What is left out; a container in which something stays is not deleted either.")
            List<NewExclusion> exclude,

            @Schema(maxLength = 4000) String comment) {}

    @Schema(name = "NewExclusion", description = "A resource of the plan that stays.")
    record NewExclusion(
            @Schema(requiredMode = RequiredMode.REQUIRED, description = "At most once in an approval.")
            UUID taskId,

            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 4000)
            String reason) {}

    @Schema(name = "NewDenial", description = "Why nothing is deleted, in the words of the Data Rights Protocol.")
    record NewDenial(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
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

            @Schema(maxLength = 4000) String comment) {}

    @Schema(name = "NewIntervention", description = "Why.")
    record NewIntervention(
            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 4000)
            String reason) {}

    @Schema(name = "NewExtension", description = "Why, and by how much.")
    record NewExtension(
            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 4000)
            String reason,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "Added to the deadline.",
                    minimum = "1",
                    maximum = "366")
            int days) {}

    @Schema(name = "NewConfirmation", description = "What was done by hand.")
    record NewConfirmation(
            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 4000)
            String note,

            @Schema(requiredMode = RequiredMode.REQUIRED, description = "Not in the future.")
            Instant doneAt,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "SHA-256 of a screenshot or the like, which stays with the caller.",
                    pattern = "^[0-9a-fA-F]{64}$")
            String evidenceSha256) {}
}

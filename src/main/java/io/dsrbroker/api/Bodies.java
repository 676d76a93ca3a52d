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

            @Schema(description = "An https URL to be told of changes at.", format = "uri")
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
}

package io.dsrbroker.api;

/** Examples of what callers send, for the description of the API. */
final class BodyExamples {

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

    private BodyExamples() {}
}

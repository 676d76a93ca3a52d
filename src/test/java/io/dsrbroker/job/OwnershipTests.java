package io.dsrbroker.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.catalogue.OwnerRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OwnershipTests {

    private static final OwnerRule.ByDocument RULE =
            new OwnerRule.ByDocument(List.of("/createdBy/userObjectId"), List.of("/createdBy/userName"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // subject's id and address, document's id and name
                "id-1, a@x.org, id-1, b@x.org, SUBJECT",
                "id-1, a@x.org, ID-1, -,       SUBJECT",
                "id-1, a@x.org, id-2, a@x.org, OTHERS",
                "id-1, a@x.org, -,    A@X.org, SUBJECT",
                "id-1, a@x.org, -,    b@x.org, OTHERS",
                "id-1, a@x.org, -,    Ada L,   UNKNOWN",
                "id-1, a@x.org, -,    -,       UNKNOWN",
                "id-1, -,       -,    a@x.org, UNKNOWN",
                "-,    a@x.org, id-1, a@x.org, UNKNOWN",
                "-,    a@x.org, id-1, b@x.org, OTHERS",
                "-,    a@x.org, id-1, -,       UNKNOWN",
                "-,    a@x.org, -,    a@x.org, SUBJECT",
                "-,    -,       id-1, a@x.org, UNKNOWN",
            })
    void ownerIsDecidedByWhatBothSidesHave(
            @Nullable String objectId,
            @Nullable String email,
            @Nullable String documentId,
            @Nullable String documentName,
            Owner owner) {
        ObjectNode document = new JsonMapper().createObjectNode();
        document.putObject("createdBy").put("userObjectId", documentId).put("userName", documentName);
        assertThat(Ownership.of(RULE, document, new Subject(null, objectId, email)))
                .isEqualTo(owner);
    }
}

package io.dsrbroker.job;

import io.dsrbroker.catalogue.Documents;
import io.dsrbroker.catalogue.OwnerRule;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Compares what a document says of its owner with what the request says of the subject. */
final class Ownership {

    private Ownership() {}

    /**
     * By the object id, where both have one; by the user name, where the document has no object id. A document with an
     * object id and the subject's user name stays unknown when the request gave no object id: names are reused. So does
     * a user name that is no address: run history also writes full names there.
     */
    static Owner of(OwnerRule.ByDocument rule, JsonNode document, Subject subject) {
        Optional<String> objectId = Documents.text(document, rule.objectId());
        Optional<String> userName = Documents.text(document, rule.userName());
        if (objectId.isPresent() && subject.objectId() != null) {
            return objectId.get().equalsIgnoreCase(subject.objectId()) ? Owner.SUBJECT : Owner.OTHERS;
        }
        if (userName.isEmpty() || !userName.get().contains("@") || subject.email() == null) {
            return Owner.UNKNOWN;
        }
        if (!userName.get().equalsIgnoreCase(subject.email())) {
            return Owner.OTHERS;
        }
        return objectId.isPresent() ? Owner.UNKNOWN : Owner.SUBJECT;
    }
}

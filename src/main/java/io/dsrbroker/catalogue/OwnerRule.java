package io.dsrbroker.catalogue;

import java.util.List;

/** How to tell whose thing a resource is. */
public sealed interface OwnerRule {

    /** The call is keyed by the subject: whatever it answers is theirs. */
    record BySubject() implements OwnerRule {}

    /**
     * The document names its owner.
     *
     * @param objectId pointers to the directory object id
     * @param userName pointers to the user name, asked only where the document has no object id
     */
    record ByDocument(List<String> objectId, List<String> userName) implements OwnerRule {}

    /**
     * The document names another resource whose owner it shares.
     *
     * @param type that resource's type, found in the same container
     * @param by pointers to its key
     * @param within whether the resource is filed under it
     */
    record SameAs(String type, List<String> by, boolean within) implements OwnerRule {}

    /** The owner of the thing it lies in. */
    record ByContainer() implements OwnerRule {}

    /** Nothing says it. */
    record Unknown() implements OwnerRule {}
}

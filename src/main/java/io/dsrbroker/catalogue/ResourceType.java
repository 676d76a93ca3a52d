package io.dsrbroker.catalogue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing that an upstream holds.
 *
 * @param name the {@code resource} column of the source rows
 * @param upstream the upstream's name
 * @param parent the type it lies in; null for a root
 * @param targets the target kinds under which a root is looked for
 * @param container whether its document belongs to nobody in particular and other people's things lie in it
 * @param itemsOf the type of whose every item there is one of this type
 * @param variable the template variable that its key fills
 * @param key pointers to its key in a list item, tried in order
 * @param path the package folder of what lies in it, from its parent's
 * @param captures further variables that its document supplies
 * @param origins values for {@code {origin}}, one discovery each; empty where there is no such variable
 * @param list the call that finds it; null where it is found by {@code get} or {@code itemsOf}
 * @param get the call that reads one; null where the list's item is the document
 * @param attach a call for each item whose answer is kept beside the document
 * @param content the call that tells where the bytes lie
 * @param contentUri pointers to that place in the answer of {@code content}
 * @param delete the call that deletes one; null where the upstream offers none
 * @param deleteAfter types that must be gone first
 * @param covers types of what lies in it and goes with it when it is deleted
 * @param manual what a person must do, where no call deletes it; null where one does
 * @param notOffered why it cannot be deleted at all; null where it can
 * @param owner whose it is
 * @param completeness how to notice a list that is silently short
 * @param redact pointers to credentials
 * @param withoutQuery pointers to URLs that lose their query
 */
public record ResourceType(
        String name,
        String upstream,
        @Nullable String parent,
        List<String> targets,
        boolean container,
        @Nullable String itemsOf,
        @Nullable String variable,
        List<String> key,
        @Nullable UriTemplate path,
        Map<String, Capture> captures,
        List<String> origins,
        @Nullable Call list,
        @Nullable Call get,
        @Nullable Call attach,
        @Nullable Call content,
        List<String> contentUri,
        @Nullable Call delete,
        List<String> deleteAfter,
        List<String> covers,
        @Nullable String manual,
        @Nullable NotOffered notOffered,
        OwnerRule owner,
        @Nullable Completeness completeness,
        List<String> redact,
        List<String> withoutQuery) {

    /**
     * Why nothing here deletes it.
     *
     * @param where what a person could do instead
     */
    public record NotOffered(String reason, String where) {}

    /** All its calls. */
    public List<Call> calls() {
        return java.util.stream.Stream.of(list, get, attach, content, delete)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    /** Whether exactly one exists, keyed by the subject, so that nothing needs to be discovered. */
    public boolean single() {
        return list == null && get != null && itemsOf == null && owner instanceof OwnerRule.BySubject;
    }
}

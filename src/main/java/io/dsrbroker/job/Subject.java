package io.dsrbroker.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The person, known by identifiers; never logged.
 *
 * @param galleryAuthorId 64 upper-case hex digits
 * @param objectId directory object id, a UUID
 * @param email compared ignoring case
 */
public record Subject(
        @Nullable String galleryAuthorId,
        @Nullable String objectId,
        @Nullable String email) {

    /** The template variables that it supplies. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (galleryAuthorId != null) {
            variables.put("authorId", galleryAuthorId);
        }
        if (objectId != null) {
            variables.put("objectId", objectId);
        }
        return variables;
    }

    @Override
    public String toString() {
        return "Subject[…]";
    }
}

package io.dsrbroker.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes the subject's identifiers out of what people write about a request: comments and reasons stay in the audit trail
 * when all else of the subject is destroyed.
 */
@Component
class Wording {

    private final JobSecrets secrets;

    Wording(JobSecrets secrets) {
        this.secrets = secrets;
    }

    /** The text with a placeholder for each identifier. */
    String clean(Job job, String text) {
        return clean(secrets.context(job).subject(), text);
    }

    static String clean(Subject subject, String text) {
        String cleaned = without(text, subject.email(), "[e-mail address]");
        cleaned = without(cleaned, subject.objectId(), "[object id]");
        return without(cleaned, subject.galleryAuthorId(), "[author id]");
    }

    private static String without(String text, @Nullable String identifier, String placeholder) {
        return identifier == null
                ? text
                : Pattern.compile(Pattern.quote(identifier), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(text)
                        .replaceAll(Matcher.quoteReplacement(placeholder));
    }
}

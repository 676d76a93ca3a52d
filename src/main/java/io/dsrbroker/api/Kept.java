package io.dsrbroker.api;

import io.dsrbroker.job.Subject;
import io.dsrbroker.shared.BrokerProblem.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** Refuses identifiers of the subject where words are kept for longer than they are. */
final class Kept {

    private static final String DETAIL =
            "Must not contain an identifier of the subject: this is kept when what is known of the subject is destroyed.";

    private static final List<String> NAMES = List.of("name", "resourceGroup", "account", "workspace", "project");

    private Kept() {}

    static void check(Body body, Subject subject, List<FieldError> errors) {
        List<String> identifiers = Stream.of(subject.email(), subject.objectId(), subject.galleryAuthorId())
                .flatMap(Stream::ofNullable)
                .map(identifier -> identifier.toLowerCase(Locale.ROOT))
                .toList();
        Stream.of("/externalId", "/callbackUrl", "/verification/method", "/verification/verifiedBy")
                .forEach(pointer -> check(pointer, body.json().at(pointer), identifiers, errors));
        JsonNode targets = body.json().path("targets");
        for (int target = 0; target < targets.size(); target++) {
            for (String field : NAMES) {
                String pointer = "/targets/" + target + "/" + field;
                check(pointer, body.json().at(pointer), identifiers, errors);
            }
        }
    }

    private static void check(String pointer, JsonNode value, List<String> identifiers, List<FieldError> errors) {
        if (!value.isString()) {
            return;
        }
        String text = value.asString().toLowerCase(Locale.ROOT);
        String decoded = UriUtils.decode(text.replaceAll("%(?![0-9a-f]{2})", "%25"), StandardCharsets.UTF_8);
        if (identifiers.stream().anyMatch(identifier -> text.contains(identifier) || decoded.contains(identifier))) {
            errors.add(new FieldError(pointer, DETAIL));
        }
    }
}

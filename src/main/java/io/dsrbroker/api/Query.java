package io.dsrbroker.api;

import io.dsrbroker.audit.CheckpointMark;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** Reads the parameters of a list; a value that cannot be understood is refused, never ignored. */
record Query(HttpServletRequest request) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 500;

    int limit() {
        Optional<String> given = one("limit");
        if (given.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        int limit = given.get().matches("[0-9]{1,3}") ? Integer.parseInt(given.get()) : 0;
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new InvalidParameter("limit", "It must be between 1 and " + HIGHEST_LIMIT + ".");
        }
        return limit;
    }

    Optional<UUID> cursor() {
        return one("cursor").map(cursor -> UUID.fromString(Cursor.key(cursor, Check.UUID)));
    }

    Optional<String> cursor(Check form) {
        return one("cursor").map(cursor -> Cursor.key(cursor, form));
    }

    /** A number and a hash, as {@code seq:hash}. */
    Optional<CheckpointMark> checkpoint(String name) {
        return one(name).map(given -> {
            List<String> parts = List.of(given.split(":", -1));
            if (parts.size() != 2
                    || !Check.NUMBER.test().test(parts.getFirst())
                    || !Check.SHA256.test().test(parts.getLast())) {
                throw new InvalidParameter(name, "It must be a number, a colon and 64 hex digits.");
            }
            return new CheckpointMark(
                    Long.parseLong(parts.getFirst()), parts.getLast().toLowerCase(Locale.ROOT));
        });
    }

    /** A text to compare with. */
    Optional<String> text(String name) {
        Optional<String> given = one(name);
        if (given.isPresent()
                && !(Check.isText(given.get()) && Check.LABEL.test().test(given.get()))) {
            throw new InvalidParameter(name, Check.LABEL.detail());
        }
        return given;
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return one(name).map(word -> constant(name, type, word));
    }

    /** Any of several, repeated or separated by commas. */
    <E extends Enum<E>> Optional<Set<E>> choices(String name, Class<E> type) {
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return Optional.empty();
        }
        Set<E> chosen = EnumSet.noneOf(type);
        for (String value : values) {
            for (String word : value.split(",", -1)) {
                chosen.add(constant(name, type, word));
            }
        }
        return Optional.of(chosen);
    }

    private static <E extends Enum<E>> E constant(String name, Class<E> type, String word) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        return constants.stream()
                .filter(each -> each.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidParameter(
                        name,
                        "It must be one of "
                                + String.join(
                                        ", ", constants.stream().map(Enum::name).toList())
                                + "."));
    }

    private Optional<String> one(String name) {
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return Optional.empty();
        }
        if (values.length > 1) {
            throw new InvalidParameter(name, "It must be given once.");
        }
        return Optional.of(values[0]);
    }

    /** Answers a page, with a link to the next. */
    <T> ResponseEntity<Page<T>> answer(Page<T> page) {
        return answer(page, page.next());
    }

    /** Answers what holds a page, with a link to the next. */
    <T> ResponseEntity<T> answer(T body, @Nullable String next) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (next != null) {
            answer.header(HttpHeaders.LINK, "<" + next(next) + ">; rel=\"next\"");
        }
        return answer.body(body);
    }

    private String next(String cursor) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.addAll(name, List.of(values)));
        parameters.set("cursor", cursor);
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(request.getRequestURI());
        parameters.forEach((name, values) -> values.forEach(value -> uri.queryParam(encoded(name), encoded(value))));
        return uri.build(true).toUriString();
    }

    private static String encoded(String text) {
        return org.springframework.web.util.UriUtils.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}

package io.dsrbroker.upstream;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * How many more calls of its kind the upstream lets through, as its answers say. What a provider says of single resources
 * ({@code x-ms-ratelimit-remaining-resource}) counts other things over other times.
 */
final class Remaining {

    private static final String PREFIX = "x-ms-ratelimit-remaining-";

    private Remaining() {}

    /** The least of what concerns calls of this method; empty when nothing readable does. */
    static Optional<Integer> in(HttpHeaders headers, String method) {
        return headers.headerNames().stream()
                .filter(name -> concerns(name.toLowerCase(Locale.ROOT), method))
                .flatMap(name -> headers.getOrEmpty(name).stream())
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(number -> number.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .min(Integer::compare);
    }

    private static boolean concerns(String name, String method) {
        return name.startsWith(PREFIX) && name.endsWith(method.equals("DELETE") ? "-deletes" : "-reads");
    }
}

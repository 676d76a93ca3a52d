package io.dsrbroker.upstream;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Where to ask about an operation: inside the origin of the call that started it, in the call's own version. */
final class OperationPlace {

    /** Azure's async reference: such URLs have up to 4 KB. */
    private static final int LONGEST = 4096;

    private static final String VERSION = "api-version";

    private OperationPlace() {}

    /**
     * The address that was given to the call at {@code from}.
     *
     * @throws HostileUrl when it lies elsewhere
     */
    static URI of(URI from, String url) {
        if (url.length() > LONGEST) {
            throw new HostileUrl("the place to ask at is too long");
        }
        URI place = inside(from, url);
        Optional<String> version = version(from);
        if (version.isEmpty() || version(place).isPresent()) {
            return place;
        }
        String mark = place.getRawQuery() == null ? "?" : place.getRawQuery().isEmpty() ? "" : "&";
        return URI.create(place + mark + version.get());
    }

    private static URI inside(URI from, String url) {
        Optional<URI> place;
        try {
            place = Links.inside(from, url);
        } catch (HostileUrl e) {
            throw new HostileUrl("the place to ask at is no URL", e);
        }
        return place.orElseThrow(() -> new HostileUrl("the place to ask at lies at another origin"));
    }

    private static Optional<String> version(URI uri) {
        return Arrays.stream(Objects.requireNonNullElse(uri.getRawQuery(), "").split("&"))
                .filter(parameter -> name(parameter).equals(VERSION))
                .findFirst();
    }

    private static String name(String parameter) {
        String raw = parameter.split("=", 2)[0];
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }
}

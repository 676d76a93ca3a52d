package io.dsrbroker.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** URLs that upstreams give: read strictly, because two readers of a sloppy one may see two hosts. */
final class Links {

    private Links() {}

    /** The URL resolved against the call that gave it; empty when it leads out of that call's origin. */
    static Optional<URI> inside(URI from, String url) {
        URI given = parsed(url);
        // The JDK resolves a mere query as RFC 2396 does, which loses the last segment.
        URI next = given.isAbsolute() || given.getRawAuthority() != null || !emptyPath(given)
                ? from.resolve(given)
                : URI.create(from.toString().replaceFirst("[?#].*", "") + given);
        return plain(next) && Origin.of(next).equals(Origin.of(from)) ? Optional.of(next) : Optional.empty();
    }

    private static boolean emptyPath(URI uri) {
        return Objects.requireNonNullElse(uri.getRawPath(), "").isEmpty();
    }

    /** Whether every reader finds the same host in it, and nothing but a host. */
    static boolean plain(URI uri) {
        return uri.getHost() != null
                && !uri.getRawAuthority().contains("@")
                && uri.getRawFragment() == null
                && !Objects.requireNonNullElse(uri.getRawPath(), "").startsWith("//");
    }

    /** The URL as it was given; only characters that no URL may hold are escaped. */
    static URI parsed(String url) {
        String text = url.strip();
        if (text.startsWith("///")
                || text.split("[?#]", 2)[0].contains("\\")
                || text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new HostileUrl("The upstream gave a URL that is none.");
        }
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c <= ' ' || c >= 127 || "\"<>\\^`{|}".indexOf(c) >= 0) {
                escaped.append('%').append("%02X".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        try {
            return URI.create(escaped.toString());
        } catch (IllegalArgumentException e) {
            throw new HostileUrl("The upstream gave a URL that is none.");
        }
    }
}

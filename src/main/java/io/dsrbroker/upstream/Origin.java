package io.dsrbroker.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * Scheme, host and port: what an address must share with another to be trusted like it.
 *
 * @param scheme lower-case
 * @param host lower-case; as a pattern it may begin with {@code *.}, which stands for one label
 * @param port never -1: the scheme's own where none is given
 */
record Origin(String scheme, String host, int port) {

    static Origin of(URI uri) {
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        String host = Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
        return new Origin(scheme, host, uri.getPort() >= 0 ? uri.getPort() : defaultPort(scheme));
    }

    /** Parses a configured origin such as {@code https://*.blob.core.windows.net}. */
    static Origin pattern(String text) {
        boolean wildcard = text.contains("://*.");
        Origin parsed = of(URI.create(text.replace("://*.", "://")));
        if (parsed.scheme().isEmpty() || parsed.host().isEmpty()) {
            throw new IllegalArgumentException("Not an origin: " + text);
        }
        return wildcard ? new Origin(parsed.scheme(), "*." + parsed.host(), parsed.port()) : parsed;
    }

    /** Whether this, as a pattern, allows that origin. */
    boolean allows(Origin other) {
        return scheme.equals(other.scheme) && port == other.port && hostAllows(other.host);
    }

    private boolean hostAllows(String other) {
        if (!host.startsWith("*.")) {
            return host.equals(other);
        }
        int dot = other.indexOf('.');
        return dot > 0 && other.substring(dot).equals(host.substring(1));
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "https" -> 443;
            case "http" -> 80;
            default -> -1;
        };
    }
}

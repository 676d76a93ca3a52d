package io.dsrbroker.export;

import io.dsrbroker.shared.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * How the package's pages look and work, on a telephone, on a screen and on paper. They are opened from disk, where a
 * browser lets a page load nothing that lies beside it, so style and script stand in every page.
 */
final class Viewer {

    static final String STYLE = read("viewer.css");

    static final String SCRIPT = read("viewer.js");

    /** Only this style and this script; no picture, nothing from elsewhere. */
    static final String POLICY = "default-src 'none'; style-src " + source(STYLE) + "; script-src " + source(SCRIPT)
            + "; base-uri 'none'; form-action 'none'";

    private Viewer() {}

    private static String source(String text) {
        byte[] digest = Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Viewer.class.getResourceAsStream("/viewer/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

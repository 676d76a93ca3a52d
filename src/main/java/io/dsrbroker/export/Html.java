package io.dsrbroker.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Writes HTML; whatever comes from elsewhere goes through {@link #text}. */
final class Html implements AutoCloseable {

    private static final Pattern LINE = Pattern.compile("\\R");

    private final Writer out;

    Html(OutputStream to) {
        this.out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    }

    /** Markup of our own. */
    Html markup(String markup) throws IOException {
        out.write(markup);
        return this;
    }

    /** Text, escaped; what would be no text becomes visible. */
    Html text(String text) throws IOException {
        return replaced(text, Html::entity);
    }

    /** Text of several lines; who shows it keeps them. */
    Html lines(String text) throws IOException {
        String[] lines = LINE.split(text, -1);
        text(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            markup("\n").text(lines[i]);
        }
        return this;
    }

    /** A string of JSON that may stand in a script element. */
    Html json(String text) throws IOException {
        return markup("\"").replaced(text, Html::escape).markup("\"");
    }

    /** What is to stand in place of a character; null where it stays. */
    @FunctionalInterface
    private interface Replacement {

        @Nullable
        String of(char c);
    }

    private Html replaced(String text, Replacement replacement) throws IOException {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String instead = replacement.of(text.charAt(i));
            if (instead != null) {
                out.write(text, from, i - from);
                out.write(instead);
                from = i + 1;
            }
        }
        out.write(text, from, text.length() - from);
        return this;
    }

    private static @Nullable String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> visible(c);
        };
    }

    private static @Nullable String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '<' -> "\\u003c";
            case '&' -> "\\u0026";
            default -> visible(c);
        };
    }

    /** A mark in place of control characters, and of those that turn the direction of what stands behind them. */
    private static @Nullable String visible(char c) {
        boolean turns = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        boolean ends = c == '\u2028' || c == '\u2029';
        return Character.isISOControl(c) || turns || ends ? "\uFFFD" : null;
    }

    /** An element with text in it. */
    Html element(String tag, String text) throws IOException {
        return markup("<" + tag + ">").text(text).markup("</" + tag + ">\n");
    }

    /** A name as others wrote it, kept from changing the direction of what surrounds it. */
    Html name(String name) throws IOException {
        return markup("<bdi>").text(name).markup("</bdi>");
    }

    /** A point in time. */
    Html time(Instant at) throws IOException {
        return time(at.truncatedTo(ChronoUnit.SECONDS).toString(), Figures.minute(at));
    }

    /** A time for machines and for people. */
    Html time(String machine, String people) throws IOException {
        return markup("<time datetime=\"")
                .text(machine)
                .markup("\">")
                .text(people)
                .markup("</time>");
    }

    /**
     * A link from a page to a file of the package; the percent signs of its name are no escapes of a URL, and nothing in
     * it is a scheme.
     */
    Html link(String path, String name) throws IOException {
        String file = path.substring("data/".length());
        String href = UriUtils.encode(file, StandardCharsets.UTF_8).replace("%2F", "/");
        markup("<a href=\"").text(href);
        if (!href.equals(file)) {
            // What is printed.
            markup("\" data-file=\"").text(file);
        }
        return markup("\">").name(name).markup("</a>");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

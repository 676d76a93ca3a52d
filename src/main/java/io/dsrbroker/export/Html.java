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
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '"' -> out.write("&quot;");
                case '\'' -> out.write("&#39;");
                default -> out.write(harmless(c));
            }
        }
        return this;
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
        out.write('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.write("\\\"");
                case '\\' -> out.write("\\\\");
                case '<' -> out.write("\\u003c");
                case '&' -> out.write("\\u0026");
                default -> out.write(harmless(c));
            }
        }
        out.write('"');
        return this;
    }

    /** Neither a control character, nor one that turns the direction of what stands behind it. */
    private static char harmless(char c) {
        boolean turns = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        boolean ends = c == '\u2028' || c == '\u2029';
        return Character.isISOControl(c) || turns || ends ? '\uFFFD' : c;
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

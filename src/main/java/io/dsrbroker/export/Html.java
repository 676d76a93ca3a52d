package io.dsrbroker.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes HTML; whatever comes from elsewhere goes through {@link #text}. */
final class Html implements AutoCloseable {

    private final Writer out;

    Html(OutputStream to) {
        this.out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    }

    /** Markup of our own. */
    Html markup(String markup) throws IOException {
        out.write(markup);
        return this;
    }

    /** Text, escaped; control characters become visible. */
    Html text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '"' -> out.write("&quot;");
                case '\'' -> out.write("&#39;");
                default -> out.write(Character.isISOControl(c) ? '\uFFFD' : c);
            }
        }
        return this;
    }

    /** An element with text in it. */
    Html element(String tag, String text) throws IOException {
        return markup("<" + tag + ">").text(text).markup("</" + tag + ">\n");
    }

    /** A name as others wrote it, kept from changing the direction of what surrounds it. */
    Html name(String name) throws IOException {
        return markup("<bdi>").text(name).markup("</bdi>");
    }

    /** A link from the index to a file of the package; the percent signs of its name are no escapes of a URL. */
    Html link(String path, String name) throws IOException {
        String href = path.substring("data/".length()).replace("%", "%25");
        return markup("<a href=\"").text(href).markup("\">").name(name).markup("</a>");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

package io.dsrbroker.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import org.springframework.web.util.HtmlUtils;

/** Writes the pages about problems; they need no script and load nothing. */
final class ProblemPage {

    static final String PATH = "/problems";

    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222;background:#fff}
            h1{font-size:1.5em}h2{font-size:1.1em;margin-top:1.5em}a{color:#0b57a4}
            code{background:#f2f2f2;padding:.1em .3em;border-radius:.2em}
            table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.3em 1.2em .3em 0}
            @media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}a{color:#8ab8e6}code{background:#333}}
            """;

    private final StringBuilder html = new StringBuilder();

    private ProblemPage(String title) {
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
                .append("<title>")
                .append(HtmlUtils.htmlEscape(title))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
        element("h1", title);
    }

    /** The source of its style, for a policy that allows no other. */
    static String styleSource() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The page of one problem. */
    static String of(ProblemGuide.Entry entry) {
        ProblemPage page = new ProblemPage(entry.title());
        page.html
                .append("<p><code>")
                .append(HtmlUtils.htmlEscape(PATH + "/" + entry.name()))
                .append("</code>, status ")
                .append(entry.status())
                .append("</p>\n");
        page.element("h2", "What it means").element("p", entry.means());
        page.element("h2", "What to do").element("p", entry.todo());
        if (!entry.carried().isEmpty()) {
            page.element("h2", "What it carries");
            page.html.append("<table>\n");
            entry.carried()
                    .forEach((name, meaning) -> page.html
                            .append("<tr><td><code>")
                            .append(HtmlUtils.htmlEscape(name))
                            .append("</code></td><td>")
                            .append(HtmlUtils.htmlEscape(meaning))
                            .append("</td></tr>\n"));
            page.html.append("</table>\n");
        }
        page.html.append("<p><a href=\"").append(PATH).append("\">All problems</a></p>\n");
        return page.end();
    }

    /** The page that leads to all of them. */
    static String index(Collection<ProblemGuide.Entry> entries) {
        ProblemPage page = new ProblemPage("Problems");
        page.element(
                "p",
                "An error is an RFC 9457 problem: its type leads to one of these pages, its instance stands in the"
                        + " broker's log.");
        page.html.append("<table>\n<tr><th>Status</th><th>Type</th><th>Title</th></tr>\n");
        for (ProblemGuide.Entry entry : entries) {
            String name = HtmlUtils.htmlEscape(entry.name());
            page.html
                    .append("<tr><td>")
                    .append(entry.status())
                    .append("</td><td><a href=\"")
                    .append(PATH)
                    .append('/')
                    .append(name)
                    .append("\">")
                    .append(name)
                    .append("</a></td><td>")
                    .append(HtmlUtils.htmlEscape(entry.title()))
                    .append("</td></tr>\n");
        }
        page.html.append("</table>\n");
        return page.end();
    }

    private ProblemPage element(String tag, String text) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(HtmlUtils.htmlEscape(text))
                .append("</")
                .append(tag)
                .append(">\n");
        return this;
    }

    private String end() {
        return html.append("</body>\n</html>\n").toString();
    }
}

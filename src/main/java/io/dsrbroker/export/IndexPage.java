package io.dsrbroker.export;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.OutOfScope;
import io.dsrbroker.catalogue.Redaction;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Writes {@code index.html}: what was found where, for the person who receives it. */
@Component
class IndexPage {

    private final Catalogue catalogue;

    IndexPage(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    void write(
            JobSummary job,
            Map<String, Target> targets,
            Instant asOf,
            Contents contents,
            Layout layout,
            OutputStream to)
            throws IOException {
        try (Html html = new Html(to)) {
            PageFrame.begin(Overview.title(job), html);
            Overview.write(job, asOf, html);
            html.markup("<div class=\"sheet\">\n");
            TableOfContents.write(List.copyOf(targets.keySet()), contents, layout, html);
            html.markup("<main id=\"main\">\n");
            search(layout, html);
            Overview.table(contents, targets, html);
            Gaps.write(contents, html);
            found(targets, contents, layout, html);
            outside(html);
            redacted(contents, html);
            integrity(job, html);
            html.markup("</main>\n</div>\n");
            SearchData.write(layout, html);
            PageFrame.end(html);
        }
    }

    private static void search(Layout layout, Html html) throws IOException {
        html.markup("<section id=\"find\" role=\"search\" aria-label=\"Find in this copy\" hidden>\n");
        html.markup("<label for=\"words\">Find in this copy</label>\n");
        html.markup("<input id=\"words\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\""
                + " aria-describedby=\"hint\" aria-controls=\"hits\">\n<p id=\"hint\" class=\"dim\">");
        html.text("Looks at names, kinds, places, outcomes and days of everything that is listed here, on all pages");
        html.text(
                layout.documents()
                        ? ", and at what the documents say."
                        : ". What the documents say is too much to search; each says it on its page.");
        html.markup("</p>\n<p id=\"hitcount\" role=\"status\"></p>\n<ol id=\"hits\"></ol>\n</section>\n");
    }

    private static void found(Map<String, Target> targets, Contents contents, Layout layout, Html html)
            throws IOException {
        html.markup("<h2 id=\"found\">What was found where</h2>\n");
        PageFrame.tools(html);
        int number = 0;
        for (Map.Entry<String, Target> target : targets.entrySet()) {
            number++;
            html.markup("<section class=\"source\" aria-labelledby=\"s" + number + "\">\n");
            html.markup("<h3 id=\"s" + number + "\">").name(target.getKey()).markup(" <span class=\"dim\">— ");
            html.text(PlainWords.kind(target.getValue().kind())).markup("</span></h3>\n");
            String where = target.getValue().fields().entrySet().stream()
                    .filter(field -> !field.getKey().equals("subscriptionId"))
                    .map(field -> words(field.getKey()) + " " + field.getValue())
                    .collect(Collectors.joining(", "));
            if (!where.isEmpty()) {
                html.markup("<p class=\"dim\">").text(where).markup("</p>\n");
            }
            List<Layout.Part> parts = layout.worthReading(target.getKey());
            for (Layout.Part part : parts) {
                ChapterSection.write(part, html);
            }
            inVain(target.getKey(), contents, parts.isEmpty(), html);
            html.markup("</section>\n");
        }
    }

    private static void inVain(String target, Contents contents, boolean nothing, Html html) throws IOException {
        String empty = contents.chapters().stream()
                .filter(chapter -> chapter.target().equals(target) && !chapter.worthReading())
                .map(chapter -> PlainWords.type(chapter.type()))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!empty.isEmpty()) {
            html.element("p", (nothing ? "Nothing of yours was found. Looked for: " : "Nothing found: ") + empty + ".");
        }
    }

    private static String words(String field) {
        return field.replaceAll("([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT);
    }

    private void outside(Html html) throws IOException {
        html.markup("<h2 id=\"outside\">What lies outside</h2>\n");
        html.element("p", "Some data cannot be reached in the way in which this package was made:");
        html.markup("<ul>\n");
        for (OutOfScope item : catalogue.outOfScope()) {
            html.markup("<li><strong>").text(PlainWords.type(item.what())).markup(".</strong> ");
            html.text(item.reason() + " " + item.where()).markup("</li>\n");
        }
        html.markup("</ul>\n");
    }

    private void redacted(Contents contents, Html html) throws IOException {
        html.markup("<h2 id=\"redacted\">What was blacked out, and why</h2>\n");
        html.element(
                "p",
                "Some documents hold keys and passwords of the systems in which they were kept. They say nothing about"
                        + " you, but whoever has them could open those systems, and the data of other people in them.");
        html.markup("<ul><li>In place of such a value the documents say <code>")
                .text(Redaction.CREDENTIAL)
                .markup("</code>.</li>\n<li>Web addresses that work like a password have lost everything behind their"
                        + " question mark.</li></ul>\n");
        String types = contents.chapters().stream()
                .filter(chapter -> chapter.files() > 0 && redacts(chapter.type()))
                .map(chapter -> PlainWords.type(chapter.type()))
                .distinct()
                .collect(Collectors.joining(", "));
        html.element("p", types.isEmpty() ? "" : "In this package that can be so in: " + types + ".");
        html.element("p", "The contents of files were not changed.");
    }

    private boolean redacts(String type) {
        ResourceType known = catalogue.types().get(type);
        return known != null
                && (!known.redact().isEmpty() || !known.withoutQuery().isEmpty());
    }

    private static void integrity(JobSummary job, Html html) throws IOException {
        html.markup("<h2 id=\"check\">How to check that nothing is missing or changed</h2>\n");
        html.markup("<p>Unpack the ZIP. The folder <code>")
                .text("dsr-" + job.id())
                .markup("</code> then has a file ");
        html.markup("<code>manifest-sha256.txt</code> with a checksum (SHA-256) of every file.</p>\n<ul>");
        html.markup("<li>Linux: in that folder, <code>sha256sum -c --quiet manifest-sha256.txt</code> says nothing ");
        html.markup("if all is well.</li>\n<li>macOS: <code>shasum -a 256 -c manifest-sha256.txt</code></li>\n");
        html.markup("<li>Windows: <code>Get-FileHash &lt;file&gt;</code> in PowerShell shows the checksum of one ");
        html.markup("file, to compare with the manifest.</li></ul>\n");
        html.markup("<p>Programs can read everything on this page, with the source and the time of every answer, in ");
        html.markup("<a href=\"report.json\">report.json</a>.</p>\n");
    }
}

package io.dsrbroker.export;

import io.dsrbroker.job.Found;
import io.dsrbroker.job.TaskKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The part of the index that lists all of one type in one target; folded up, for it may have 100,000 rows. */
final class ChapterSection {

    private static final int UNFOLDED = 15;

    private ChapterSection() {}

    static void write(Chapter chapter, Html html) throws IOException {
        html.markup(chapter.files() + chapter.exceptions() <= UNFOLDED ? "<details open>" : "<details>");
        html.markup("<summary>").text(PlainWords.type(chapter.type())).markup(" <span class=\"dim\">— ");
        html.text(sum(chapter)).markup("</span></summary>\n");
        String seen = seen(chapter.found());
        if (!seen.isEmpty()) {
            html.element("p", seen);
        }
        Rows rows = new Rows(html, PlainWords.type(chapter.type()) + " in " + chapter.target());
        chapter.items().each(rows::add);
        rows.end(chapter.exceptions() > 0);
        html.markup("</details>\n");
    }

    private static String sum(Chapter chapter) {
        List<String> parts = new ArrayList<>();
        if (chapter.files() > 0) {
            parts.add(Figures.count(chapter.files(), "file", "files") + ", " + Figures.size(chapter.bytes()));
        }
        if (chapter.exceptions() > 0) {
            parts.add(Figures.count(chapter.exceptions(), "gap", "gaps"));
        }
        return parts.isEmpty() ? "nothing of yours" : String.join(", ", parts);
    }

    private static String seen(Found found) {
        List<String> parts = new ArrayList<>();
        if (found.others() > 0) {
            parts.add(Figures.count(found.others(), "belongs to another person", "belong to other people")
                    + " and cannot be handed to you");
        }
        if (found.unknown() > 0) {
            parts.add(Figures.count(found.unknown(), "does", "do") + " not say whose they are");
        }
        if (found.containers() > 0) {
            parts.add(Figures.count(found.containers(), "is a container", "are containers")
                    + " that people share, so not yours alone");
        }
        return parts.isEmpty() ? "" : "Of what lies there, " + String.join("; ", parts) + ".";
    }

    /** A table that begins with its first row. */
    private static final class Rows {

        private final Html html;
        private final String caption;
        private boolean begun;
        private long nameless;

        Rows(Html html, String caption) {
            this.html = html;
            this.caption = caption;
        }

        void add(Item item) throws IOException {
            if (item.kind() == TaskKind.DISCOVER) {
                return;
            }
            String path = item.path();
            if (path == null && item.nameless()) {
                nameless++;
                return;
            }
            begin();
            html.markup("<tr><th scope=\"row\">");
            String name = item.key() == null ? "unnamed" : item.key();
            if (path == null) {
                html.name(name);
            } else {
                html.link(path, name);
            }
            String uri = item.uriPath();
            if (uri != null) {
                html.markup(" (").link(uri, "address").markup(")");
            }
            String where = path == null ? "" : Figures.place(path);
            if (!where.isEmpty()) {
                html.markup("<span class=\"dim\">").name(where).markup("</span>");
            }
            html.markup("</th><td>").text(PlainWords.state(item.state())).markup("</td><td class=\"when\">");
            Instant at = item.fetchedAt();
            html.text(at == null ? "" : Figures.minute(at)).markup("</td><td class=\"size n\">");
            Long bytes = item.bytes();
            html.text(bytes == null ? "" : Figures.size(bytes)).markup("</td></tr>\n");
        }

        private void begin() throws IOException {
            if (!begun) {
                begun = true;
                html.markup("<table class=\"files\"><caption>").text(caption).markup("</caption>\n");
                html.markup("<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Outcome</th>");
                html.markup(
                        "<th scope=\"col\">Fetched</th><th scope=\"col\" class=\"n\">Size</th></tr></thead><tbody>\n");
            }
        }

        void end(boolean gaps) throws IOException {
            if (begun) {
                html.markup("</tbody></table>\n");
            }
            if (nameless > 0) {
                html.element(
                        "p",
                        Figures.count(nameless, "thing", "things")
                                + " left out; not named here, since nothing says that they are yours.");
            } else if (!begun && gaps) {
                html.element("p", "Nothing of yours came from here; what went wrong is told above.");
            }
        }
    }
}

package io.dsrbroker.export;

import io.dsrbroker.job.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The part of the index that tells of all of one type in one target, and lists it or says which pages do. */
final class ChapterSection {

    private ChapterSection() {}

    static void write(Layout.Part part, Html html) throws IOException {
        Chapter chapter = part.chapter();
        html.markup("<section aria-labelledby=\"c" + part.number() + "\">\n<h4 id=\"c" + part.number() + "\">");
        html.text(PlainWords.type(chapter.type())).markup(" <span class=\"dim\">— ");
        html.text(sum(chapter)).markup("</span></h4>\n");
        about(chapter, html);
        if (part.page() == 0) {
            EntryTable.write(part, html);
        } else {
            pages(part, html);
        }
        if (chapter.nameless() > 0) {
            html.element(
                    "p",
                    Figures.count(chapter.nameless(), "thing", "things")
                            + " left out; not named here, since nothing says that they are yours.");
        } else if (chapter.rows() == 0 && chapter.exceptions() > 0) {
            html.element("p", "Nothing of yours came from here; what went wrong is told above.");
        }
        html.markup("</section>\n");
    }

    private static void about(Chapter chapter, Html html) throws IOException {
        String about = PlainWords.about(chapter.type());
        String seen = seen(chapter.found());
        if (!about.isEmpty() || !seen.isEmpty()) {
            html.element("p", (about + " " + seen).strip());
        }
    }

    private static void pages(Layout.Part part, Html html) throws IOException {
        int rows = part.chapter().rows();
        html.markup("<p>They are listed on ")
                .text(Figures.count(part.pages(), "page of its own", "pages of their own"))
                .markup(", in the order of the places where they lay and of their names:</p>\n<ol class=\"pages\">\n");
        for (int page = 0; page < part.pages(); page++) {
            int first = page * part.lines() + 1;
            html.markup("<li><a href=\"" + Layout.page(part.page() + page) + "\">");
            html.text(Figures.number(first) + "–" + Figures.number(Math.min(first + part.lines() - 1L, rows)));
            html.markup("</a></li>\n");
        }
        html.markup("</ol>\n");
    }

    /** What it adds up to. */
    static String sum(Chapter chapter) {
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
}

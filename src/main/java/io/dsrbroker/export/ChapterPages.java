package io.dsrbroker.export;

import io.dsrbroker.job.JobSummary;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Writes the pages of chapters that are too long for the index. */
@Component
class ChapterPages {

    void write(JobSummary job, Layout layout, Bag bag) throws IOException {
        for (Layout.Part part : layout.parts()) {
            if (part.page() > 0) {
                try (Chapter.Rows entries = part.chapter().read()) {
                    for (int page = 0; page < part.pages(); page++) {
                        int number = page;
                        bag.add("data/" + Layout.page(part.page() + page), to -> {
                            try (Html html = new Html(to)) {
                                write(job, part, number, entries, html);
                            }
                        });
                    }
                }
            }
        }
    }

    private static void write(JobSummary job, Layout.Part part, int page, Chapter.Rows entries, Html html)
            throws IOException {
        Chapter chapter = part.chapter();
        String type = PlainWords.type(chapter.type());
        int before = page * part.lines();
        int rows = Math.min(part.lines(), chapter.rows() - before);
        String which = "Page " + Figures.number(page + 1L) + " of " + Figures.number(part.pages());
        PageFrame.begin(type + " in " + chapter.target() + ", " + which, html);
        html.markup("<header><h1>")
                .text(type)
                .markup(" in ")
                .name(chapter.target())
                .markup("</h1>\n<p>");
        html.text(which + ": " + Figures.number(before + 1L) + " to " + Figures.number(before + (long) rows) + " of "
                        + Figures.number(chapter.rows()) + ". This is part of ")
                .markup("<a href=\"index.html\">")
                .text(Overview.title(job))
                .markup("</a>, request ")
                .text(job.id().toString())
                .markup(".</p>\n");
        around(part, page, "Pages", html);
        html.markup("</header>\n<main id=\"main\">\n");
        PageFrame.tools(html);
        EntryTable.write(part, entries, part.first() + before, rows, html);
        html.markup("</main>\n<footer>");
        around(part, page, "Pages, again", html);
        html.markup("</footer>\n");
        PageFrame.end(html);
    }

    private static void around(Layout.Part part, int page, String label, Html html) throws IOException {
        html.markup("<nav aria-label=\"" + label + "\"><ul class=\"around\"><li><a href=\"index.html#c" + part.number()
                + "\">Contents</a></li>");
        html.markup("<li><a href=\"index.html#find\">Search</a></li>");
        if (page > 0) {
            html.markup(
                    "<li><a rel=\"prev\" href=\"" + Layout.page(part.page() + page - 1) + "\">Page before</a></li>");
        }
        if (page + 1 < part.pages()) {
            html.markup("<li><a rel=\"next\" href=\"" + Layout.page(part.page() + page + 1) + "\">Next page</a></li>");
        }
        html.markup("</ul></nav>\n");
    }
}

package io.dsrbroker.export;

import io.dsrbroker.job.Reason;
import java.io.IOException;
import java.time.Instant;

/** A table of items, each with what its document says folded up below it. */
final class EntryTable {

    private static final int LONGEST = 200;

    private final Html html;

    private EntryTable(Html html) {
        this.html = html;
    }

    /** All items of a chapter. */
    static void write(Layout.Part part, Html html) throws IOException {
        int rows = part.chapter().rows();
        if (rows > 0) {
            try (Chapter.Rows entries = part.chapter().read()) {
                write(part, entries, part.first(), rows, html);
            }
        }
    }

    /** The next items of a chapter, of which the first has this number. */
    static void write(Layout.Part part, Chapter.Rows entries, long first, int rows, Html html) throws IOException {
        Chapter chapter = part.chapter();
        html.markup("<table class=\"files\"><caption class=\"away\">");
        html.text(PlainWords.type(chapter.type()) + " in ")
                .name(chapter.target())
                .markup("</caption>\n");
        html.markup("<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Outcome</th>");
        html.markup("<th scope=\"col\">Fetched</th><th scope=\"col\" class=\"n\">Size</th></tr></thead>\n");
        EntryTable table = new EntryTable(html);
        for (int row = 0; row < rows; row++) {
            table.entry(entries.next(), first + row);
        }
        html.markup("</table>\n");
    }

    private void entry(Chapter.Entry entry, long number) throws IOException {
        Item item = entry.item();
        html.markup("<tbody id=\"e" + number + "\"><tr><th scope=\"row\">");
        name(entry);
        html.markup("</th><td>");
        boolean gap = item.state().exception();
        html.markup(gap ? "<span class=\"gap\">" : "<span>")
                .text(PlainWords.state(item.state()))
                .markup("</span>");
        Reason reason = item.reason();
        if (reason != null) {
            html.markup("<span class=\"dim\">").text(PlainWords.reason(reason)).markup("</span>");
        }
        html.markup("</td><td class=\"when\">");
        Instant at = item.fetchedAt();
        if (at != null) {
            html.time(at);
        }
        html.markup("</td><td class=\"n\">");
        Long bytes = item.bytes();
        html.text(bytes == null ? "" : Figures.size(bytes)).markup("</td></tr>\n");
        if (!entry.says().list().isEmpty()) {
            fields(entry);
        }
        html.markup("</tbody>\n");
    }

    private void name(Chapter.Entry entry) throws IOException {
        Item item = entry.item();
        String name = Fields.clipped(entry.name(), LONGEST);
        String path = item.path();
        if (path == null) {
            html.name(name);
        } else {
            html.link(path, name);
        }
        String uri = item.uriPath();
        String key = keyBeside(entry, name);
        String place = path == null ? "" : Figures.place(path);
        if (uri == null && key.isEmpty() && place.isEmpty()) {
            return;
        }
        html.markup("<span class=\"dim\">");
        String between = "";
        if (!key.isEmpty()) {
            html.text("key ").name(key);
            between = " · ";
        }
        if (!place.isEmpty()) {
            html.text(between + "in ").name(place);
            between = " · ";
        }
        if (uri != null) {
            html.text(between).link(uri, "address at which it was kept");
        }
        html.markup("</span>");
    }

    /** The key where people call the thing by another name. */
    private static String keyBeside(Chapter.Entry entry, String name) {
        String key = entry.item().key();
        return key == null || key.isEmpty() || Fields.clipped(key, LONGEST).equals(name)
                ? ""
                : Fields.clipped(key, LONGEST);
    }

    private void fields(Chapter.Entry entry) throws IOException {
        Fields says = entry.says();
        html.markup("<tr class=\"more\"><td colspan=\"4\"><details><summary>What it says <span class=\"dim\">(");
        html.text(Figures.count(says.list().size(), "line", "lines")).markup(")</span><span class=\"away\"> of ");
        html.name(Fields.clipped(entry.name(), LONGEST)).markup("</span></summary><table class=\"fields\"><tbody>\n");
        for (Fields.Field field : says.list()) {
            html.markup("<tr><th scope=\"row\">").name(field.name()).markup("</th><td>");
            Values.write(field, html);
            html.markup("</td></tr>\n");
        }
        html.markup("</tbody></table>");
        if (says.cut()) {
            html.markup("<p class=\"dim\">The file says more than fits here.</p>");
        }
        html.markup("</details></td></tr>\n");
    }
}

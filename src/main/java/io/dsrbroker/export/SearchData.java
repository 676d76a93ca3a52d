package io.dsrbroker.export;

import io.dsrbroker.job.Reason;
import java.io.IOException;
import java.time.Instant;

/**
 * What the index can be searched for, as JSON that its script reads: chapters, and in each its lines. A line is a name,
 * or a name with more words; an object before it says what is the same for all lines from there on.
 */
final class SearchData {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_WORDS = 4000;

    private final Html html;
    private final boolean documents;
    private String common = "";

    private SearchData(Html html, boolean documents) {
        this.html = html;
        this.documents = documents;
    }

    static void write(Layout layout, Html html) throws IOException {
        html.markup("<script type=\"application/json\" id=\"entries\">[");
        String comma = "";
        for (Layout.Part part : layout.parts()) {
            if (part.chapter().rows() > 0) {
                html.markup(comma);
                new SearchData(html, layout.documents()).chapter(part);
                comma = ",\n";
            }
        }
        html.markup("]</script>\n");
    }

    private void chapter(Layout.Part part) throws IOException {
        Chapter chapter = part.chapter();
        html.markup("{\"type\":").json(PlainWords.type(chapter.type()));
        html.markup(",\"source\":").json(chapter.target());
        html.markup(",\"first\":" + part.first() + ",\"page\":" + part.page() + ",\"lines\":" + part.lines());
        html.markup(",\"rows\":[\n");
        try (Chapter.Rows entries = chapter.read()) {
            for (int row = 0; row < chapter.rows(); row++) {
                html.markup(row == 0 ? "" : ",");
                entry(entries.next());
            }
        }
        html.markup("]}");
    }

    private void entry(Chapter.Entry entry) throws IOException {
        Item item = entry.item();
        String path = item.path();
        String place = path == null ? "" : Figures.place(path);
        Reason reason = item.reason();
        String outcome = PlainWords.state(item.state()) + (reason == null ? "" : ". " + PlainWords.reason(reason));
        Instant at = item.fetchedAt();
        String day = at == null ? "" : Figures.day(at);
        if (!common.equals(place + '\n' + outcome + '\n' + day)) {
            common = place + '\n' + outcome + '\n' + day;
            html.markup("{\"place\":").json(place).markup(",\"outcome\":").json(outcome);
            html.markup(",\"day\":").json(day).markup("},");
        }
        String name = Fields.clipped(entry.name(), LONGEST_NAME);
        String words = words(entry);
        if (words.isEmpty()) {
            html.json(name);
        } else {
            html.markup("[").json(name).markup(",").json(words).markup("]");
        }
    }

    private String words(Chapter.Entry entry) {
        StringBuilder words = new StringBuilder();
        String key = entry.item().key();
        if (key != null && !key.equals(entry.name())) {
            words.append(Fields.clipped(key, LONGEST_NAME));
        }
        if (documents) {
            for (Fields.Field field : entry.says().list()) {
                if (field.sort() == Fields.Sort.AS_IT_IS && words.length() < LONGEST_WORDS) {
                    words.append(words.isEmpty() ? "" : " ").append(field.value());
                }
            }
        }
        return words.toString();
    }
}

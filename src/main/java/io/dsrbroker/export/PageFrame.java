package io.dsrbroker.export;

import java.io.IOException;

/** What every page of a package begins and ends with. */
final class PageFrame {

    private PageFrame() {}

    static void begin(String title, Html html) throws IOException {
        html.markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .text(Viewer.POLICY)
                .markup("\">\n");
        html.markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        html.markup("<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">\n");
        html.element("title", title);
        html.markup("<style>").markup(Viewer.STYLE).markup("</style></head>\n<body>\n");
        html.markup("<a class=\"skip\" href=\"#main\">Skip to the contents</a>\n");
    }

    /** A button that works where the script does. */
    static void tools(Html html) throws IOException {
        html.markup("<p id=\"tools\" hidden><button type=\"button\" id=\"unfold\" aria-pressed=\"false\">")
                .text("Show what every file says")
                .markup("</button></p>\n");
    }

    static void end(Html html) throws IOException {
        html.markup("<script>").markup(Viewer.SCRIPT).markup("</script>\n</body></html>\n");
    }
}

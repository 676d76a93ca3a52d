package io.dsrbroker.export;

import java.io.IOException;
import java.util.List;

/** The index's table of contents: what came from which place, and what else is said. */
final class TableOfContents {

    private TableOfContents() {}

    static void write(List<String> targets, Contents contents, Layout layout, Html html) throws IOException {
        html.markup("<nav class=\"toc\" aria-label=\"Contents\"><details open><summary>Contents</summary>\n<ul>\n");
        line("short", "In short", html);
        if (!contents.gaps().isEmpty()) {
            line("missing", "What is missing or incomplete", html);
        }
        html.markup("<li><a href=\"#found\">What was found where</a>\n<ul>\n");
        for (int i = 0; i < targets.size(); i++) {
            source(targets.get(i), i + 1, layout, html);
        }
        html.markup("</ul></li>\n");
        line("outside", "What lies outside", html);
        line("redacted", "What was blacked out, and why", html);
        line("check", "How to check that nothing is missing or changed", html);
        html.markup("</ul></details></nav>\n");
    }

    private static void source(String target, int number, Layout layout, Html html) throws IOException {
        html.markup("<li><a href=\"#s" + number + "\">").name(target).markup("</a>");
        List<Layout.Part> parts = layout.worthReading(target);
        if (!parts.isEmpty()) {
            html.markup("\n<ul>\n");
            for (Layout.Part part : parts) {
                html.markup("<li><a href=\"#c" + part.number() + "\">");
                html.text(PlainWords.type(part.chapter().type())).markup("</a>&nbsp;<span class=\"count\">");
                html.text(Figures.number(part.chapter().rows())).markup("</span></li>\n");
            }
            html.markup("</ul>");
        }
        html.markup("</li>\n");
    }

    private static void line(String id, String text, Html html) throws IOException {
        html.markup("<li><a href=\"#" + id + "\">").text(text).markup("</a></li>\n");
    }
}

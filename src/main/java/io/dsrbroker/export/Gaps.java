package io.dsrbroker.export;

import io.dsrbroker.job.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of the index that says what is missing or incomplete, and what to do about it. */
final class Gaps {

    private Gaps() {}

    static void write(Contents contents, Html html) throws IOException {
        if (contents.gaps().isEmpty()) {
            return;
        }
        html.markup("<h2 id=\"missing\">What is missing or incomplete</h2>\n");
        html.markup("<p class=\"notice\">This copy has gaps. Whoever handles your request can help with them; please ");
        html.markup("name the request from the top of this page.</p>\n");
        html.markup("<table class=\"gaps\"><caption class=\"away\">Gaps, and what can be done</caption>\n<thead><tr>");
        html.markup("<th scope=\"col\">What</th><th scope=\"col\">Outcome</th><th scope=\"col\">Why</th>");
        html.markup("<th scope=\"col\">What to do</th></tr></thead><tbody>\n");
        for (Map.Entry<Contents.Gap, Long> entry : contents.gaps().entrySet()) {
            row(entry.getKey(), entry.getValue(), html);
        }
        html.markup("</tbody></table>\n");
        if (contents.moreGaps() > 0) {
            html.markup("<p>And ").text(Figures.count(contents.moreGaps(), "gap", "gaps"));
            html.markup(" more: see <a href=\"report.json\">report.json</a>.</p>\n");
        }
    }

    private static void row(Contents.Gap gap, long count, Html html) throws IOException {
        html.markup("<tr><th scope=\"row\"><strong>")
                .text(PlainWords.type(gap.type()))
                .markup("</strong> in ");
        html.name(gap.target()).text(count > 1 ? " (" + Figures.count(count, "time", "times") + ")" : "");
        html.markup("</th><td><span class=\"gap\">")
                .text(PlainWords.state(gap.state()))
                .markup("</span></td><td>");
        html.text(why(gap)).markup("</td><td data-as=\"To do\">");
        String next = gap.nextStep();
        html.text(next == null ? "Nothing." : next).markup("</td></tr>\n");
    }

    private static String why(Contents.Gap gap) {
        Reason reason = gap.reason();
        return Stream.of(reason == null ? null : PlainWords.reason(reason), gap.detail())
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(" "));
    }
}

package io.dsrbroker.export;

import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.Regulation;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Target;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The top of the index: what was asked and when, and what came of it. */
final class Overview {

    private Overview() {}

    /** The page's header. */
    static void write(JobSummary job, Instant asOf, Html html) throws IOException {
        html.markup("<header>\n");
        html.element("h1", title(job));
        html.element("p", intent(job));
        html.markup("<dl>\n");
        time(html, "You asked on", job.receivedAt(), Figures.day(job.receivedAt()) + " (UTC)");
        row(html, "You asked for", asked(job));
        row(html, "Under", law(job.regulation()));
        row(html, "Request", job.id().toString());
        String reference = job.externalId();
        if (reference != null) {
            row(html, "Reference", reference);
        }
        time(html, "State of", asOf, Figures.minute(asOf));
        html.markup("</dl>\n</header>\n");
    }

    private static void row(Html html, String term, String value) throws IOException {
        html.markup("<div>").element("dt", term).markup("<dd>").name(value).markup("</dd></div>\n");
    }

    private static void time(Html html, String term, Instant at, String value) throws IOException {
        html.markup("<div>").element("dt", term).markup("<dd>");
        html.time(at.truncatedTo(ChronoUnit.SECONDS).toString(), value).markup("</dd></div>\n");
    }

    /** What the package is. */
    static String title(JobSummary job) {
        return job.type() == RequestType.EXPORT ? "A copy of your data" : "A copy of your data, before its deletion";
    }

    private static String intent(JobSummary job) {
        String first = "This is what was found about you in Azure AI Gallery and in Azure Machine Learning, as the"
                + " services themselves keep it. Every name in the tables below opens the file itself; what it says can be"
                + " unfolded below it. Nothing on this page is loaded from the internet.";
        return job.type() == RequestType.EXPORT ? first : first + " It was made before anything was deleted.";
    }

    private static String asked(JobSummary job) {
        return job.type() == RequestType.EXPORT
                ? "A copy of your personal data"
                : "The deletion of your personal data, and a copy of it first";
    }

    private static String law(Regulation regulation) {
        return switch (regulation) {
            case GDPR -> "General Data Protection Regulation (EU)";
            case CCPA -> "California Consumer Privacy Act";
        };
    }

    /** What came of it, place by place. */
    static void table(Contents contents, Map<String, Target> targets, Html html) throws IOException {
        Map<String, Sum> sums = new LinkedHashMap<>();
        contents.chapters()
                .forEach(chapter -> sums.merge(
                        chapter.target(), new Sum(chapter.files(), chapter.bytes(), chapter.exceptions()), Sum::plus));
        Sum all = sums.values().stream().reduce(new Sum(0, 0, 0), Sum::plus);
        html.markup("<h2 id=\"short\">In short</h2>\n<p>");
        html.text("This copy has " + Figures.count(all.files(), "file", "files") + " of " + Figures.size(all.bytes())
                + " from " + Figures.count(sums.size(), "place", "places") + ". ");
        if (all.gaps() == 0) {
            html.text("Everything that was looked for could be read to its end.");
        } else {
            html.markup("<a href=\"#missing\">")
                    .text(Figures.count(
                            all.gaps(), "thing is missing or incomplete", "things are missing or incomplete"))
                    .markup("</a>.");
        }
        html.markup(
                "</p>\n<table class=\"sums\"><caption class=\"away\">Files, sizes and gaps of each place</caption>\n");
        html.markup("<thead><tr><th scope=\"col\">Place</th>");
        html.markup("<th scope=\"col\" class=\"n\">Files</th><th scope=\"col\" class=\"n\">Size</th>");
        html.markup("<th scope=\"col\" class=\"n\">Gaps</th></tr></thead><tbody>\n");
        for (Map.Entry<String, Sum> place : sums.entrySet()) {
            place(place.getKey(), targets, html);
            sum(html, place.getValue());
        }
        html.markup("</tbody>");
        if (sums.size() > 1) {
            html.markup("<tfoot><tr><th scope=\"row\">Together</th>");
            sum(html, all);
            html.markup("</tfoot>");
        }
        html.markup("</table>\n");
    }

    private static void place(String name, Map<String, Target> targets, Html html) throws IOException {
        html.markup("<tr><th scope=\"row\">");
        Target target = targets.get(name);
        if (target == null) {
            html.name(name);
        } else {
            int number = List.copyOf(targets.keySet()).indexOf(name) + 1;
            html.markup("<a href=\"#s" + number + "\">").name(name).markup("</a> <span class=\"dim\">— ");
            html.text(PlainWords.kind(target.kind())).markup("</span>");
        }
        html.markup("</th>");
    }

    private static void sum(Html html, Sum sum) throws IOException {
        cell(html, Figures.number(sum.files()));
        cell(html, Figures.size(sum.bytes()));
        cell(html, Figures.number(sum.gaps()));
        html.markup("</tr>\n");
    }

    private static void cell(Html html, String text) throws IOException {
        html.markup("<td class=\"n\">").text(text).markup("</td>");
    }

    private record Sum(long files, long bytes, long gaps) {

        Sum plus(Sum more) {
            return new Sum(files + more.files, bytes + more.bytes, gaps + more.gaps);
        }
    }
}

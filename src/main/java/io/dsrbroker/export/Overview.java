package io.dsrbroker.export;

import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.Regulation;
import io.dsrbroker.job.RequestType;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The top of the index: what was asked and when, and what came of it. */
final class Overview {

    private Overview() {}

    static void write(JobSummary job, Instant asOf, Contents contents, Html html) throws IOException {
        html.markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .text(Stylesheet.POLICY)
                .markup("\">\n");
        html.markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        html.markup("<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">\n");
        html.element("title", title(job));
        html.markup("<style>").markup(Stylesheet.CSS).markup("</style></head>\n<body><main>\n");
        html.element("h1", title(job));
        html.element("p", intent(job));
        html.markup("<dl>\n");
        row(html, "You asked on", Figures.day(job.receivedAt()));
        row(html, "You asked for", asked(job));
        row(html, "Under", law(job.regulation()));
        row(html, "Request", job.id().toString());
        String reference = job.externalId();
        if (reference != null) {
            row(html, "Reference", reference);
        }
        row(html, "State of", Figures.minute(asOf));
        html.markup("</dl>\n");
        table(contents, html);
    }

    private static void row(Html html, String term, String value) throws IOException {
        html.element("dt", term).markup("<dd>").text(value).markup("</dd>\n");
    }

    private static String title(JobSummary job) {
        return job.type() == RequestType.EXPORT ? "A copy of your data" : "A copy of your data, before its deletion";
    }

    private static String intent(JobSummary job) {
        String first = "This is what was found about you in Azure AI Gallery and in Azure Machine Learning, as the"
                + " services themselves keep it. Every line of the tables below opens a file in this folder; nothing is"
                + " loaded from the internet.";
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

    private static void table(Contents contents, Html html) throws IOException {
        Map<String, Sum> sums = new LinkedHashMap<>();
        contents.chapters()
                .forEach(chapter -> sums.merge(
                        chapter.target(), new Sum(chapter.files(), chapter.bytes(), chapter.exceptions()), Sum::plus));
        html.markup("<table><caption>In short</caption>\n<thead><tr><th scope=\"col\">Place</th>");
        html.markup("<th scope=\"col\" class=\"n\">Files</th><th scope=\"col\" class=\"n\">Size</th>");
        html.markup("<th scope=\"col\" class=\"n\">Gaps</th></tr></thead><tbody>\n");
        for (Map.Entry<String, Sum> place : sums.entrySet()) {
            html.markup("<tr><th scope=\"row\">").name(place.getKey()).markup("</th>");
            sum(html, place.getValue());
        }
        if (sums.size() > 1) {
            html.markup("<tr><th scope=\"row\"><strong>Together</strong></th>");
            sum(html, sums.values().stream().reduce(new Sum(0, 0, 0), Sum::plus));
        }
        html.markup("</tbody></table>\n");
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

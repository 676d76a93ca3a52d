package io.dsrbroker.export;

import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.Target;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Adds what tells of the package's contents: the report for machines, the index for people. */
@Component
class Documentation {

    private final JobViews jobs;
    private final Report report;
    private final IndexPage index;
    private final ChapterPages pages;

    Documentation(JobViews jobs, Report report, IndexPage index, ChapterPages pages) {
        this.jobs = jobs;
        this.report = report;
        this.index = index;
        this.pages = pages;
    }

    void write(JobSummary job, Instant asOf, Contents contents, Bag bag) throws IOException {
        bag.add("data/report.json", to -> report.write(job, asOf, contents, to));
        Map<String, Target> targets = jobs.targets(job.id());
        Layout layout = Layout.of(contents);
        bag.add("data/index.html", to -> index.write(job, targets, asOf, contents, layout, to));
        pages.write(job, layout, bag);
    }
}

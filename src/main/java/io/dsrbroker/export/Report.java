package io.dsrbroker.export;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.job.JobSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code report.json}: every task with outcome, source and time, for machines. */
@Component
class Report {

    private final JsonMapper json;
    private final Catalogue catalogue;

    Report(JsonMapper json, Catalogue catalogue) {
        this.json = json;
        this.catalogue = catalogue;
    }

    void write(JobSummary job, Instant asOf, Contents contents, OutputStream to) throws IOException {
        try (JsonGenerator out = json.writerWithDefaultPrettyPrinter().createGenerator(to)) {
            out.writeStartObject();
            out.writeStringProperty("requestId", job.id().toString());
            out.writeStringProperty("generatedAt", asOf.toString());
            out.writeStringProperty("catalogueHash", job.catalogueHash());
            out.writeArrayPropertyStart("items");
            for (Chapter chapter : contents.chapters()) {
                chapter.items().each(out::writePOJO);
            }
            out.writeEndArray();
            out.writePOJOProperty("outOfScope", catalogue.outOfScope());
            out.writeEndObject();
        }
    }
}

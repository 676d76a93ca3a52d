package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.JobViews;
import io.dsrbroker.support.Database;
import io.dsrbroker.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** The broker on a database of its own, with nobody who works by himself. */
@SpringBootTest(
        classes = ExportParts.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "db-scheduler.enabled=false")
@Execution(ExecutionMode.SAME_THREAD)
abstract class ExportModule {

    static final Database DATABASE = Database.fresh();
    static final Path STORE = folder();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Payloads payloads;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Vault vault;

    @Autowired
    PackageMaker maker;

    @Autowired
    Packages packages;

    @Autowired
    JobViews jobs;

    GivenJob givenJob() {
        return new GivenJob(jdbc, payloads, transaction, vault);
    }

    /** Makes a job's package and unpacks it. */
    Unpacked packed(GivenJob job) throws IOException {
        maker.make(job.id);
        assertThat(packages.of(job.id)).isInstanceOf(Packages.Availability.Ready.class);
        Packages.Availability.Ready ready = (Packages.Availability.Ready) packages.of(job.id);
        return Unpacked.of(ready);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        DATABASE.settings().forEach((name, value) -> properties.add(name, () -> value));
        properties.add("dsr.export.store", STORE::toString);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "export-store-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

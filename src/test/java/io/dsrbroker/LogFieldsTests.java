package io.dsrbroker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.dsrbroker.shared.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Isolated
class LogFieldsTests {

    private static final JobId JOB = new JobId(UUID.fromString("0193f3a0-0000-7000-8000-000000000001"));
    private static final UUID TASK = UUID.fromString("0193f3a0-0000-8000-8000-000000000002");

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("here");

    private LoggingEvent event(String message, @Nullable Throwable thrown, Object... arguments) {
        return new LoggingEvent("here", logger, Level.INFO, message, thrown, arguments);
    }

    @Test
    void argumentsBehindKnownWordsBecomeFields() {
        assertThat(LogFields.of(event("Job {} task {} lane {} in {} ms, {} left", null, JOB, TASK, "arm:1", 12, 3)))
                .isEqualTo(Map.of("job", JOB.toString(), "task", TASK.toString(), "lane", "arm:1"));
        assertThat(LogFields.of(event("{} of Job {}: odd", null, 7, JOB))).isEqualTo(Map.of("job", JOB.toString()));
    }

    @Test
    void missingArgumentsGiveNoFields() {
        assertThat(LogFields.of(event("Job {} task {}", null, JOB))).isEqualTo(Map.of("job", JOB.toString()));
        assertThat(LogFields.of(event("Job {}", null))).isEmpty();
        assertThat(LogFields.of(event("no placeholder", null, JOB))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash", "gelf"})
    void everyFormatHasThemAndStaysOneLine(String format) {
        String line = encoded(format, event("Job {} task {} said\n{\"level\":\"ERROR\"}", fault(), JOB, TASK));
        assertThat(line.strip()).doesNotContain("\n");
        JsonNode json = new JsonMapper().readTree(line);
        assertThat(json.at("/dsr/job").asString()).isEqualTo(JOB.toString());
        assertThat(json.at("/dsr/task").asString()).isEqualTo(TASK.toString());
    }

    private static Throwable fault() {
        return new IllegalStateException("first\nsecond \u2028 third");
    }

    private String encoded(String format, LoggingEvent event) {
        context.putObject(
                Environment.class.getName(),
                new MockEnvironment().withProperty("logging.structured.json.customizer", LogFields.class.getName()));
        context.setMDCAdapter(new LogbackMDCAdapter());
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat(format);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        return new String(Objects.requireNonNull(encoder.encode(event)), StandardCharsets.UTF_8);
    }
}

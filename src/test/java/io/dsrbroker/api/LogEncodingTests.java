package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The console as the broker's own settings write it. */
class LogEncodingTests extends ApiTestCase {

    private static final String FORGED = "2026-01-01T00:00:00.000Z  INFO 1 --- [main] io.dsrbroker.audit : forged";

    private static List<String> written(String message, @Nullable Throwable thrown) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (!(root.getAppender("CONSOLE") instanceof OutputStreamAppender<ILoggingEvent> console)) {
            throw new IllegalStateException("Nothing is written to the console");
        }
        LoggingEvent event = new LoggingEvent("here", root, Level.INFO, "Said {}", thrown, new Object[] {message});
        String text = new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(text.replace("\n", "").replace("\t", "")).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
        return Objects.requireNonNull(text.lines().toList());
    }

    @Test
    void ordinaryLinesStayAsTheyAre() {
        assertThat(written("good morning\tAda", null))
                .singleElement()
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT.* INFO \\d+ --- \\[.*] ROOT +: Said good morning\tAda");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r",
                "\r\n",
                "\u0085",
                "\u2028",
                "\u2029",
                "\u000b",
                "\f",
                "\u001b[2K\u001b[1G",
                "\u0000",
                "\u009b"
            })
    void messageMakesOneLineWhateverIsInIt(String breaking) {
        assertThat(written("a" + breaking + FORGED, null)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "\r", "\n\n", "\n\tat io.dsrbroker.Forged\n", "\nCaused by: x\n", "\u2028", "\u001b[1G"})
    void linesOfAStackTraceCannotBeTakenForOthers(String breaking) {
        Throwable thrown = new IllegalStateException(
                "a" + breaking + FORGED, new IllegalArgumentException("b" + breaking + FORGED));
        List<String> lines = written("it failed", thrown);
        assertThat(lines).hasSizeGreaterThan(5);
        assertThat(lines.get(1)).isEmpty();
        assertThat(lines.subList(2, lines.size())).allMatch(line -> line.startsWith("    | "));
        assertThat(String.join("\n", lines)).contains("Caused by: java.lang.IllegalArgumentException");
    }
}

package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.FaultRates;
import io.dsrbroker.simulator.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the broker logs while upstreams fail in every way. */
class LogTests {

    /** Keeps every line, stack traces included. */
    private static final class Kept extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        protected void append(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            lines.add(event.getFormattedMessage() + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
        }
    }

    @Test
    @DisplayName("T20: no identifier, key, path or token of a person is logged")
    void nothingOfAPersonIsLogged() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger own = (Logger) LoggerFactory.getLogger("io.dsrbroker");
        Kept kept = new Kept();
        kept.setContext(root.getLoggerContext());
        kept.start();
        Estate estate =
                Estate.generate(EstateSpec.small().withLabs(1, 1, 1).withRuns(6, 1, 2), SUBJECT, ExportStory.OTHER);
        try (ExportStory story = ExportStory.of(
                estate,
                Map.of("dsr.retry.base-delay", "50ms", "dsr.retry.max-delay", "500ms", "dsr.retry.give-up", "5s"))) {
            root.addAppender(kept);
            own.setLevel(Level.DEBUG);
            story.azure().settings().faults = FaultRates.mixed(7, 0.2);
            ObjectNode request = ExportStory.request();
            request.put("externalId", "portal-secret-4711");
            for (Place place : estate.places()) {
                ExportStory.with(request, place, target -> {
                    if (!target.get("kind").asString().equals("gallery-author")) {
                        target.put("unknownOwner", "INCLUDE");
                    }
                });
            }
            String id = story.portal().submit(request.toString());
            story.ended(id);
            List<String> keys = story.tasks(id, "").stream()
                    .filter(task -> task.get("type").asString().startsWith("artifact"))
                    .map(task -> task.get("key").asString())
                    .filter(key -> key.length() > 8)
                    .toList();
            assertThat(keys).isNotEmpty();
            String log = String.join("\n", kept.lines);
            assertThat(log).contains(id);
            assertThat(log)
                    .doesNotContainIgnoringCase(SUBJECT.objectId())
                    .doesNotContainIgnoringCase(SUBJECT.userName())
                    .doesNotContainIgnoringCase(SUBJECT.authorId())
                    .doesNotContain("good-token", "portal-secret-4711", "Bearer ", "sig=", "client_secret");
            assertThat(keys).allSatisfy(key -> assertThat(log).doesNotContain(key));
        } finally {
            own.setLevel(null);
            root.detachAppender(kept);
        }
    }
}

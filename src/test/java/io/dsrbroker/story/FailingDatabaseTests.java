package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When PostgreSQL refuses to keep a page of a list, the pages behind it must not make the list look complete. */
class FailingDatabaseTests {

    private final ExportStory story = ExportStory.of(
            Estate.generate(EstateSpec.small().withLabs(1, 1, 1).withRuns(12, 1, 2), SUBJECT, ExportStory.OTHER),
            Map.of("dsr.retry.base-delay", "50ms", "dsr.retry.give-up", "20s"));

    @AfterEach
    void close() {
        story.close();
    }

    private String exportOfProject() {
        story.azure().settings().pageSize(2);
        // Slow enough that the next page is on its way while the one before is settled.
        story.azure().settings().faults =
                Faults.always(Fault.late(Duration.ofMillis(350)), request -> request.isRow(30));
        return story.portal()
                .submit(with(request(), project(), target -> target.put("select", "ALL"))
                        .toString());
    }

    private Place project() {
        return story.azure().estate().projects().getFirst();
    }

    private void refuseInserts(String condition, String sqlState) throws SQLException {
        try (Connection connection = story.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create sequence refusals; grant usage on sequence refusals to public");
            statement.execute("""
                    create function refuse() returns trigger language plpgsql as $$ begin
                      if new.type = 'run' and new.kind = 'EXPORT' and %s then
                        raise exception 'refused by the test' using errcode = '%s'; end if;
                      return new; end $$""".formatted(condition, sqlState));
            statement.execute("create trigger refuse before insert on task for each row execute function refuse()");
        }
    }

    @Test
    @Tag("long")
    void pageThatCouldNotBeSettledIsReadAgain() throws SQLException {
        refuseInserts("nextval('refusals') = 1", "57014");
        String id = exportOfProject();
        JsonNode view = story.ended(id);
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED");
        Map<String, Integer> held = new TreeMap<>(story.azure().held(SUBJECT, Select.ALL, project()));
        held.values().removeIf(count -> count == 0);
        assertThat(story.exported(id)).isEqualTo(held);
    }

    @Test
    void pageThatCanNeverBeKeptFailsItsList() throws SQLException {
        refuseInserts("true", "22P05");
        String id = exportOfProject();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "kind=DISCOVER&type=run")).singleElement().satisfies(task -> {
            assertThat(task.get("state").asString()).isEqualTo("FAILED");
            assertThat(task.get("reason").asString()).isEqualTo("POISON");
        });
    }
}

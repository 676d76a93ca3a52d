package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventsTests extends ApiTestCase {

    private record Event(String name, String id, String data) {}

    private HttpResponse<InputStream> open(UUID job, @Nullable String last) {
        Sending sending = get("/api/v1/requests/" + job + "/events")
                .as(Tokens.of("ann", "dsr.read"))
                .header("Accept", "text/event-stream");
        return (last == null ? sending : sending.header("Last-Event-ID", last)).send(BodyHandlers.ofInputStream());
    }

    private static Event next(Scanner stream) {
        String name = "";
        String id = "";
        String data = "";
        while (true) {
            String line = stream.nextLine();
            if (line.isEmpty() && !name.isEmpty()) {
                return new Event(name, id, data);
            } else if (line.startsWith("event:")) {
                name = line.substring(6);
            } else if (line.startsWith("id:")) {
                id = line.substring(3);
            } else if (line.startsWith("data:")) {
                data = line.substring(5);
            }
        }
    }

    private static Scanner scanner(HttpResponse<InputStream> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new Scanner(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private void enter(UUID job, int seq, String stage, String status) {
        jdbc.sql("insert into stage_change values (?, ?, ?, ?, now())")
                .param(job)
                .param(seq)
                .param(stage)
                .param(status)
                .update();
        jdbc.sql("update job set stage = ? where id = ?")
                .param(stage)
                .param(job)
                .update();
    }

    @Test
    void tellsHowAJobGoesOnUntilItsEnd() {
        UUID job = submitted();
        Scanner stream = scanner(open(job, null));
        assertThat(next(stream)).isEqualTo(new Event("stage", "1", "{\"stage\":\"RECEIVED\",\"status\":\"PENDING\"}"));
        Event progress = next(stream);
        assertThat(progress.name()).isEqualTo("progress");
        assertThat(progress.data()).contains("\"total\":", "\"byState\":{");
        enter(job, 2, "IN_PROGRESS", "IN_PROGRESS");
        assertThat(next(stream).data()).contains("IN_PROGRESS");
        jdbc.sql("update task set state = 'EXPORTED' where job_id = ? and kind = 'EXPORT'")
                .param(job)
                .update();
        assertThat(next(stream).data()).contains("\"EXPORTED\":");
        enter(job, 3, "COMPLETED", "COMPLETED");
        assertThat(next(stream))
                .isEqualTo(new Event("stage", "3", "{\"stage\":\"COMPLETED\",\"status\":\"COMPLETED\"}"));
        assertThat(next(stream)).isEqualTo(new Event("finished", "3-finished", "{\"stage\":\"COMPLETED\"}"));
        assertThat(stream.hasNextLine()).isFalse();
    }

    @Test
    void goesOnAfterWhatTheClientHasSeen() {
        UUID job = submitted();
        enter(job, 2, "PLANNING", "PENDING");
        enter(job, 3, "COMPLETED", "COMPLETED");
        List<String> names = new ArrayList<>();
        Scanner stream = scanner(open(job, "2"));
        while (names.isEmpty() || !names.getLast().equals("finished")) {
            Event event = next(stream);
            names.add(event.name());
            assertThat(event.data()).doesNotContain("PLANNING");
        }
        assertThat(names).containsExactly("stage", "progress", "finished");
        assertThat(open(job, "3-finished").statusCode()).isEqualTo(204);
        assertThat(next(scanner(open(job, "nonsense"))).data()).contains("RECEIVED");
    }

    @Test
    void headOpensNoStream() {
        var answer = call("HEAD", "/api/v1/requests/" + submitted() + "/events")
                .as(Tokens.of("ann", "dsr.read"))
                .send();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
    }
}

package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.LoggedRequest;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A replica is asked to end (SIGTERM) while it works and is called: the other goes on, and nobody notices. */
@Tag("long")
class StoppingTests {

    /** For so long everyone is still answered. */
    private static final Duration LEAVE = Duration.ofSeconds(2);

    /** Slow enough to be stopped in the middle; the rest is as the broker comes. */
    private static final Map<String, String> SLOW = Map.of(
            "dsr.lanes.experiments.reads-per-second", "150",
            "dsr.lanes.experiments.read-burst", "150",
            "dsr.lanes.arm.reads-per-second", "150",
            "dsr.shutdown.close-connections", LEAVE.toSeconds() + "s");

    /** What the chart gives a pod, less what its preStop hook takes. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of(".");

    /** What one call came to: a status, or how it failed without one. */
    private record Called(Instant at, String method, int status) {

        /** No connection came about. */
        static final int REFUSED = 0;

        /** A connection was lost before an answer came, as one that the server has not accepted when it closes its port. */
        static final int CUT_OFF = -1;

        boolean answered() {
            return status > 0;
        }
    }

    @Test
    void nothingIsLostRepeatedOrRefusedWhenReplicaIsAskedToEnd() throws Exception {
        Database database = Database.fresh();
        try (AzureSimulator azure = AzureSimulator.start(
                        Estate.generate(EstateSpec.small().withLabs(1, 2, 2).withRuns(60, 2, 3), SUBJECT));
                Issuer issuer = new Issuer();
                BrokerProcess first = new BrokerProcess("first", database, azure, issuer, folder, SLOW);
                BrokerProcess second = new BrokerProcess("second", database, azure, issuer, folder, SLOW)) {
            first.start();
            second.start();
            Portal portal = second.portal("privacy-desk");
            String id = portal.submit(everything(azure).toString());
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> ended(portal, id) > 300);

            List<Called> calls = new CopyOnWriteArrayList<>();
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> callers = callers(first, calls, over);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> calls.size() > 100);
            assertThat(portal.get("/requests/" + id).json().get("finishedAt").isNull())
                    .isTrue();
            Instant asked = Instant.now();
            first.beginToTerminate();
            Awaitility.await().atMost(GRACE).until(() -> !first.alive());
            long took = Duration.between(asked, Instant.now()).toMillis();
            over.set(true);
            for (Thread caller : callers) {
                caller.join();
            }

            JsonNode view = Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(
                            () -> portal.get("/requests/" + id).json(),
                            one -> !one.get("finishedAt").isNull());
            assertThat(view.get("stage").asString()).isEqualTo("COMPLETED");
            assertThat(exported(view)).isEqualTo(held(azure));
            assertThat(repeated(azure)).isEmpty();
            tell(calls, asked, took);
            assertThat(calls).noneMatch(call -> call.status() >= 500);
            assertThat(calls).allMatch(call -> call.answered() || call.at().isAfter(asked.plus(LEAVE)));
            // Whoever was not answered was not heard.
            assertThat(accepted(calls)).isEqualTo(jobsOf(portal));
            assertThat(calls.stream().filter(Called::answered).map(Called::method))
                    .contains("GET", "POST");
        }
    }

    /** Callers that read and callers that send, one call after the other. */
    private static List<Thread> callers(BrokerProcess replica, List<Called> calls, AtomicBoolean over) {
        List<Thread> callers = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            boolean sends = number == 0;
            Portal portal = replica.portal("caller-" + number);
            callers.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    calls.add(sends ? send(portal) : read(portal));
                }
            }));
        }
        return callers;
    }

    private static Called send(Portal portal) {
        return called("POST", () -> portal.post("/requests", small().toString()));
    }

    private static Called read(Portal portal) {
        return called("GET", () -> portal.get("/requests?limit=5"));
    }

    private static Called called(String method, Supplier<Portal.Answer> call) {
        int status;
        try {
            status = call.get().status();
        } catch (UncheckedIOException e) {
            status = e.getCause() instanceof ConnectException ? Called.REFUSED : Called.CUT_OFF;
        }
        return new Called(Instant.now(), method, status);
    }

    /** A request that asks for hardly anything. */
    private static ObjectNode small() {
        ObjectNode request = request();
        request.put("externalId", "while-stopping");
        request.putArray("targets").addObject().put("name", "gallery").put("kind", "gallery-author");
        return request;
    }

    private static ObjectNode everything(AzureSimulator azure) {
        ObjectNode request = request();
        for (Place place : azure.estate().places()) {
            with(request, place, target -> {
                if (!target.get("kind").asString().equals("gallery-author")) {
                    target.put("select", "ALL");
                }
            });
        }
        return request;
    }

    /** What was asked more than once of the services that only the one large request concerns. */
    private static Map<String, Long> repeated(AzureSimulator azure) {
        return azure.log().stream()
                .filter(request -> request.upstream().equals("experiments") && request.status() == 200)
                .collect(Collectors.groupingBy(StoppingTests::whole, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String whole(LoggedRequest request) {
        return request.method() + " " + request.target();
    }

    private static long accepted(List<Called> calls) {
        return calls.stream().filter(call -> call.status() == 202).count();
    }

    private static long jobsOf(Portal portal) {
        long jobs = 0;
        String cursor = "";
        do {
            JsonNode page = portal.get("/requests?limit=500" + cursor).json();
            for (JsonNode item : page.get("items")) {
                jobs += item.path("externalId").asString("").equals("while-stopping") ? 1 : 0;
            }
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        return jobs;
    }

    private static int ended(Portal portal, String id) {
        return exported(portal.get("/requests/" + id).json());
    }

    private static int exported(JsonNode view) {
        return view.get("counts").get("byState").path("EXPORTED").asInt(0);
    }

    private static int held(AzureSimulator azure) {
        return azure.held(SUBJECT, Select.ALL).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @SuppressWarnings("SystemOut")
    private static void tell(List<Called> calls, Instant asked, long took) {
        Map<Integer, Long> after = calls.stream()
                .filter(call -> call.at().isAfter(asked))
                .map(Called::status)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        System.out.printf("ended %d ms after SIGTERM; %d calls, since then by status %s%n", took, calls.size(), after);
    }
}

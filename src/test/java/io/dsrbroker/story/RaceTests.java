package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Portal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Twenty people approve and cancel at once while the plan changes: one of each wins at most, and a cancel is final. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RaceTests {

    private static final int ROUNDS = 200;
    private static final int THREADS = 20;

    private final DeleteStory story = DeleteStory.of(EstateSpec.small()
            .withHostingAccounts(ROUNDS, 1, 0)
            .withLabs(0, 0, 0)
            .withCompute(0, 0));

    @AfterAll
    void close() {
        story.close();
    }

    /** A request, what it is about and what its plan was. */
    private record Round(String id, Place hosting, String hash) {}

    /** What the twenty were told. */
    private record Told(Round round, List<Integer> approvals, List<Integer> cancellations) {}

    @Test
    void neverTwoWinnersAndNoDeleteAfterCancellation() throws Exception {
        List<Round> rounds = planned();
        List<Told> told = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(THREADS)) {
            for (Round round : rounds) {
                told.add(race(round, told.size(), people));
            }
        }
        int cancelled = 0;
        for (Told each : told) {
            String id = each.round().id();
            JsonNode view = story.until(id, RaceTests::settled);
            assertThat(Collections.frequency(each.approvals(), 200)).isLessThanOrEqualTo(1);
            assertThat(Collections.frequency(each.cancellations(), 200)).isLessThanOrEqualTo(1);
            assertThat(each.approvals()).isSubsetOf(200, 409);
            assertThat(each.cancellations()).isSubsetOf(200, 409);
            boolean stopped = each.cancellations().contains(200);
            cancelled += stopped ? 1 : 0;
            String stage = view.get("stage").asString();
            assertThat(stage.equals("CANCELLED")).as(stage).isEqualTo(stopped);
            if (stopped || stage.equals("AWAITING_APPROVAL")) {
                assertThat(story.deletes(each.round().hosting())).as(stage).isEmpty();
            }
        }
        assertThat(cancelled).isPositive();
    }

    private static boolean settled(JsonNode view) {
        return !view.get("finishedAt").isNull()
                || view.path("stageReason").asString("").equals("PLAN_DRIFTED");
    }

    private List<Round> planned() {
        List<Place> hostings = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Place hosting = story.hosting();
            hostings.add(hosting);
            ids.add(story.portal()
                    .submit(DeleteStory.all(DeleteStory.somebody("Raced" + i), hosting)
                            .toString()));
        }
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(story.settled(ids.get(i)).get("stage").asString()).isEqualTo("AWAITING_APPROVAL");
            rounds.add(new Round(
                    ids.get(i), hostings.get(i), story.plan(ids.get(i)).hash()));
        }
        return rounds;
    }

    private Told race(Round round, int turn, ExecutorService people) throws Exception {
        Portal desk = story.portal();
        Portal officer = story.officer();
        String path = "/requests/" + round.id();
        String approval = DeleteStory.approval(round.hash(), List.of());
        List<Callable<Integer>> acts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            acts.add(
                    switch ((i + turn) % 5) {
                        case 0, 1 ->
                            () -> officer.post(path + "/approval", approval).status();
                        case 2, 3 ->
                            () -> desk.post(path + "/cancellation", "{\"reason\":\"race\"}")
                                    .status();
                        default ->
                            () -> {
                                story.change().model(round.hosting(), 99);
                                return 0;
                            };
                    });
        }
        List<Future<Integer>> answers = people.invokeAll(acts);
        List<Integer> approvals = new ArrayList<>();
        List<Integer> cancellations = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int status = answers.get(i).get();
            if ((i + turn) % 5 < 2) {
                approvals.add(status);
            } else if ((i + turn) % 5 < 4) {
                cancellations.add(status);
            }
        }
        return new Told(round, approvals, cancellations);
    }
}

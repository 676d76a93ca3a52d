package io.dsrbroker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.LoggedRequest;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.RestartablePostgres;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred thousand tasks of exports and deletes, while replicas are killed, the database crashes and every fifth
 * answer is no good: nothing is lost, nothing is done twice, nothing is deleted that nobody approved.
 */
@Tag("chaos")
class ChaosTests {

    private static final Person SUBJECT = Person.named("Ada", "Lovelace");
    private static final Person OTHER = Person.named("Charles", "Babbage");
    private static final Person THIRD = Person.named("Mary", "Somerville");
    private static final Person FOURTH = Person.named("Emmy", "Noether");

    private static final int WHOLE = 100_000;
    private static final int TASKS = Integer.getInteger("dsr.chaos.tasks", WHOLE);
    private static final int KILLS = Integer.getInteger("dsr.chaos.kills", TASKS / 5000);
    private static final int REPLICAS = 3;
    private static final int EXPORTS = 3;
    private static final int SAMPLE = 3000;
    private static final long PATIENCE = 180_000_000_000L;

    @TempDir
    private Path folder = Path.of(".");

    /** What is asked for, by what it is about. */
    private record Jobs(List<String> exports, List<String> approved, String owned, String unapproved) {}

    @Test
    void nothingIsLostNothingIsDoneTwiceAndNothingIsDeletedUnapproved() throws Exception {
        // A run makes 13 tasks; the exports and the delete together see every project of theirs once each.
        int runs = Math.max(10, TASKS / 178);
        EstateSpec spec = EstateSpec.small()
                .withHostingAccounts(4, Math.max(5, runs / 8), 3)
                .withLabs(3, 1, 2)
                .withRuns(runs, 4, 2)
                .withArtifactBytes(300)
                .withCompute(1, 2);
        Estate estate = Estate.generate(spec, SUBJECT, OTHER, THIRD);
        List<Place> exported = estate.places().stream()
                .filter(place -> !named(place, "experiments3") && !named(place, "models3") && !named(place, "models4"))
                .toList();
        FaultMix faults = new FaultMix(20_261_125);
        try (RestartablePostgres postgres = new RestartablePostgres(folder);
                AzureSimulator azure = AzureSimulator.start(estate);
                Replicas replicas = new Replicas(REPLICAS, postgres.database(), azure, folder, settings())) {
            Map<String, Integer> held = held(azure, Select.ALL, exported);
            Map<String, Integer> doomed = held(azure, Select.ALL, places(estate, "experiments3", "models3"));
            azure.settings().faults = faults;
            long began = System.nanoTime();
            Jobs jobs = submit(replicas, estate, exported);
            int kills;
            Map<String, Integer> approvals = new TreeMap<>();
            try (Killer killer = new Killer(replicas, postgres, 20_261_125)) {
                finish(replicas, jobs, approvals);
                while (killer.kills() < KILLS) {
                    // It was quick: there must be something to do while the rest are killed.
                    jobs.exports().add(replicas.submit(DataRequests.export(SUBJECT, exported)));
                    finish(replicas, jobs, approvals);
                }
                kills = killer.kills();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            azure.settings().faults = io.dsrbroker.simulator.Faults.none();
            replicas.revive();
            long tasks = replicas.ledger().number("select count(*) from task");
            Figures.tell(
                    "%d tasks, %d calls, %d faults, %d kills, %d crashes of the database, %.0f s, %.1f tasks/s,"
                            + " approvals %s",
                    tasks,
                    azure.log().size(),
                    faults.count(),
                    kills,
                    postgres.restarts(),
                    seconds,
                    tasks / seconds,
                    approvals);
            tellHowTheyEnded(replicas.ledger());

            exportsAreWhole(replicas, jobs, held);
            packagesAreWhole(replicas, azure, jobs, exported);
            assertThat(replicas.ledger().endedTwice()).as("settled twice").isEmpty();
            deletesAreWhole(replicas, jobs, doomed);
            assertThat(held(azure, Select.ALL, places(estate, "experiments3", "models3")))
                    .as("what was deleted is gone")
                    .isEmpty();
            onlyWhatWasApprovedWasDeleted(replicas.ledger(), azure, jobs);
            assertThat(azure.bearerLeaks()).isEmpty();
            if (TASKS >= WHOLE) {
                assertThat(tasks).isGreaterThanOrEqualTo(WHOLE);
                assertThat(postgres.restarts()).isGreaterThanOrEqualTo(2);
            }
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Broker.boundlessQuota());
        settings.put("dsr.lanes.heartbeat", "1s");
        settings.put("dsr.lanes.poll", "500ms");
        settings.put("dsr.lanes.slice", "20s");
        settings.put("dsr.retry.base-delay", "200ms");
        settings.put("dsr.retry.max-delay", "5s");
        settings.put("dsr.verify.spacing", "1s");
        return settings;
    }

    private static boolean named(Place place, String account) {
        return account.equals(place.account());
    }

    private static List<Place> places(Estate estate, String... accounts) {
        Set<String> wanted = Set.of(accounts);
        return estate.places().stream()
                .filter(place -> place.account() != null && wanted.contains(place.account()))
                .toList();
    }

    private static Map<String, Integer> held(AzureSimulator azure, Select select, List<Place> places) {
        Map<String, Integer> held = new TreeMap<>(azure.held(SUBJECT, select, places.toArray(Place[]::new)));
        held.values().removeIf(count -> count == 0);
        return held;
    }

    private static Jobs submit(Replicas replicas, Estate estate, List<Place> exported) {
        List<String> exports = new ArrayList<>();
        for (int i = 0; i < EXPORTS; i++) {
            exports.add(replicas.submit(DataRequests.export(SUBJECT, exported)));
        }
        List<String> approved = List.of(
                replicas.submit(DataRequests.delete(SUBJECT, places(estate, "experiments3"))),
                replicas.submit(DataRequests.delete(OTHER, places(estate, "models3"))));
        String owned = replicas.submit(DataRequests.deleteOwned(THIRD, places(estate, "models2")));
        String unapproved = replicas.submit(DataRequests.delete(FOURTH, places(estate, "models4")));
        return new Jobs(exports, approved, owned, unapproved);
    }

    /** Approves what is to be approved, and waits until all has ended; gives up only when nothing moves any more. */
    private static void finish(Replicas replicas, Jobs jobs, Map<String, Integer> approvals)
            throws InterruptedException {
        Ledger ledger = replicas.ledger();
        long moved = -1;
        long movedAt = System.nanoTime();
        long toldAt = 0;
        while (true) {
            Thread.sleep(1000);
            try {
                long steps = ledger.number("select coalesce(max(id), 0) from chaos_write");
                if (steps != moved) {
                    moved = steps;
                    movedAt = System.nanoTime();
                }
                Set<String> wait =
                        ledger
                                .rows("select id from job where finished_at is null and stage = 'AWAITING_APPROVAL'")
                                .stream()
                                .map(row -> row.get(0))
                                .collect(Collectors.toSet());
                for (String id : approvable(jobs)) {
                    if (wait.contains(id)) {
                        approvals.merge(id + " " + replicas.approve(id), 1, Integer::sum);
                    }
                }
                if (ledger.number(
                                        "select count(*) from job where finished_at is null and id <> ?::uuid",
                                        jobs.unapproved())
                                == 0
                        && wait.contains(jobs.unapproved())) {
                    return;
                }
                if (System.nanoTime() - toldAt > 15_000_000_000L) {
                    toldAt = System.nanoTime();
                    Figures.tell("%d steps; %s", steps, states(ledger));
                }
            } catch (Ledger.DatabaseAway e) {
                Figures.tell("the database is away");
            }
            if (System.nanoTime() - movedAt > PATIENCE) {
                tellHowTheyEnded(ledger);
                tellLanes(ledger);
                throw new AssertionError("Nothing has moved for three minutes: " + states(ledger));
            }
        }
    }

    private static List<String> approvable(Jobs jobs) {
        List<String> all = new ArrayList<>(jobs.approved());
        all.add(jobs.owned());
        return all;
    }

    private static String states(Ledger ledger) {
        return ledger.rows("select state, count(*) from task group by 1 order by 1").stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .collect(Collectors.joining(", "));
    }

    private static void tellHowTheyEnded(Ledger ledger) {
        ledger.rows(
                        "select id, type, stage, coalesce(stage_reason, '-'), on_hold, coalesce(phase, '-') from job order by id")
                .forEach(row -> Figures.tell("job %s", row.columns()));
        ledger.rows("""
                        select job_id, kind, type, state, coalesce(reason, '-'), count(*), min(attempts), max(attempts)
                        from task where state not in ('EXPORTED', 'DISCOVERED', 'DELETED', 'COVERED', 'ABSENT')
                        group by 1, 2, 3, 4, 5 order by 1, 2, 3 limit 40
                        """).forEach(row -> Figures.tell("not good: %s", row.columns()));
    }

    private static void tellLanes(Ledger ledger) {
        ledger.rows("""
                        select s.task_name, s.task_instance, s.picked, s.picked_by, s.execution_time, s.last_heartbeat,
                               s.consecutive_failures, l.epoch, l.paused_until, l.pause_reason, now()
                        from scheduled_tasks s left join lane l on l.name = s.task_instance order by 1, 2
                        """).forEach(row -> Figures.tell("lane %s", row.columns()));
    }

    private static void exportsAreWhole(Replicas replicas, Jobs jobs, Map<String, Integer> held) {
        for (String id : jobs.exports()) {
            assertThat(replicas.stage(id)).as("export %s", id).isEqualTo("COMPLETED");
            Map<String, Integer> found = new TreeMap<>();
            replicas.ledger()
                    .rows(
                            "select type, count(*) from task where job_id = ?::uuid and kind = 'EXPORT'"
                                    + " and state = 'EXPORTED' group by type",
                            id)
                    .forEach(row -> found.put(row.get(0), (int) row.number(1)));
            assertThat(found).as("tasks lost of %s", id).isEqualTo(held);
            assertThat(replicas.ledger().rows("""
                                    select container_id, type, key, count(*) from task
                                    where job_id = ?::uuid and kind <> 'DISCOVER'
                                    group by 1, 2, 3 having count(*) > 1
                                    """, id))
                    .as("resources with two tasks")
                    .isEmpty();
        }
    }

    private void packagesAreWhole(Replicas replicas, AzureSimulator azure, Jobs jobs, List<Place> targets)
            throws Exception {
        for (String id : jobs.exports()) {
            Path zip = folder.resolve(id + ".zip");
            BrokerProcess any = replicas.all().getFirst();
            assertThat(any.portal("privacy-desk").download("/requests/" + id + "/package", zip))
                    .isEqualTo(200);
            Set<String> exported =
                    replicas
                            .ledger()
                            .rows("select id from task where job_id = ?::uuid and state = 'EXPORTED'", id)
                            .stream()
                            .map(row -> row.get(0))
                            .collect(Collectors.toSet());
            PackageCheck check = new PackageCheck(azure, targets, SAMPLE);
            int files = check.check(zip, exported);
            Figures.tell("package of %d files, %d of them compared with what is served", files, check.compared());
        }
    }

    private static void deletesAreWhole(Replicas replicas, Jobs jobs, Map<String, Integer> doomed) {
        Map<String, Integer> gone = new TreeMap<>();
        for (String id : jobs.approved()) {
            assertThat(replicas.stage(id)).as("delete %s", id).isEqualTo("COMPLETED");
            replicas.ledger()
                    .rows(
                            "select type, count(*) from task where job_id = ?::uuid and kind = 'DELETE'"
                                    + " and state in ('DELETED', 'COVERED', 'ABSENT') group by type",
                            id)
                    .forEach(row -> gone.merge(row.get(0), (int) row.number(1), Integer::sum));
        }
        assertThat(gone).as("tasks lost of the deletes").isEqualTo(doomed);
        assertThat(replicas.stage(jobs.unapproved())).isEqualTo("AWAITING_APPROVAL");
    }

    /** What was approved, by row and key, and since when. */
    private static Map<String, Instant> approved(Ledger ledger) {
        Map<String, Instant> approved = new HashMap<>();
        ledger.rows("""
                        select p.type, p.key, extract(epoch from min(a.at)) * 1000
                        from plan_item p join approval a on a.job_id = p.job_id
                        where p.action = 'DELETE' and a.void_since is null group by 1, 2
                        """)
                .forEach(row ->
                        approved.put(row.get(0) + " " + row.get(1).toLowerCase(Locale.ROOT), Instant.ofEpochMilli((long)
                                Double.parseDouble(row.get(2)))));
        return approved;
    }

    private static void onlyWhatWasApprovedWasDeleted(Ledger ledger, AzureSimulator azure, Jobs jobs) {
        Map<String, Instant> approved = approved(ledger);
        List<LoggedRequest> deletes = azure.log().stream()
                .filter(request -> request.method().equals("DELETE"))
                .toList();
        assertThat(deletes).isNotEmpty();
        assertThat(deletes).allSatisfy(request -> {
            assertThat(request.target()).matches(".*/accounts/(experiments3|models3)[/?].*");
            String path = request.target().replaceFirst("\\?.*", "");
            String key = URLDecoder.decode(
                            path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT);
            Instant since = approved.get(type(request) + " " + key);
            assertThat(since).as(request.target()).isNotNull().isBeforeOrEqualTo(request.at());
        });
        assertThat(ledger.number(
                        "select count(*) from task where job_id in (?::uuid, ?::uuid) and kind = 'DELETE'"
                                + " and (state in ('DELETED', 'COVERED', 'ABSENT') or attempts > 0)",
                        jobs.owned(),
                        jobs.unapproved()))
                .isZero();
        Figures.tell("%d DELETEs sent, all of them approved", deletes.size());
    }

    private static String type(LoggedRequest request) {
        return switch (request.row()) {
            case 4 -> "hosting-account";
            case 6 -> "model";
            case 8 -> "manifest";
            case 10 -> "service";
            case 12 -> "image";
            case 13 -> "project";
            case 15 -> "experimentation-workspace";
            case 16 -> "experimentation-account";
            default -> throw new AssertionError("A DELETE that nobody knows: " + request.target());
        };
    }
}

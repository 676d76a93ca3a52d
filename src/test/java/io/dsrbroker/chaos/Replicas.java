package io.dsrbroker.chaos;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Several replicas of a broker on one database, in front of one simulator. */
final class Replicas implements AutoCloseable {

    private final Issuer issuer = new Issuer();
    private final List<BrokerProcess> all = new ArrayList<>();
    private final Ledger ledger;

    /** Starts so many and waits until they answer. */
    Replicas(int number, Database database, AzureSimulator azure, Path folder, Map<String, String> settings)
            throws IOException {
        for (int i = 1; i <= number; i++) {
            all.add(new BrokerProcess("replica-" + i, database, azure, issuer, folder, settings));
        }
        try {
            // The first makes the tables.
            all.getFirst().start();
            this.ledger = new Ledger(database);
            for (BrokerProcess other : all.subList(1, number)) {
                other.launch();
            }
            allAnswer();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What the database says. */
    Ledger ledger() {
        return ledger;
    }

    List<BrokerProcess> all() {
        return all;
    }

    BrokerProcess named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    /** Starts those that do not run, and waits until all answer. */
    void revive() throws IOException {
        for (BrokerProcess one : all) {
            if (!one.alive()) {
                one.launch();
            }
        }
        allAnswer();
    }

    private void allAnswer() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> all.stream().allMatch(BrokerProcess::answers));
    }

    /** The replica that drives a lane now. */
    Optional<BrokerProcess> holder(String lane) {
        return ledger.rows("""
                        select picked_by from scheduled_tasks
                        where task_name = 'lane' and task_instance = ? and picked and picked_by is not null
                        """, lane).stream()
                .map(row -> row.get(0).substring(row.get(0).lastIndexOf('-') + 1))
                .flatMap(pid -> all.stream()
                        .filter(one -> one.alive() && String.valueOf(one.pid()).equals(pid)))
                .findFirst();
    }

    /** Waits until a replica drives the lane and has settled something of it since a moment ago; answers it. */
    BrokerProcess busyHolder(String lane) {
        return Awaitility.await()
                .alias("somebody drives " + lane)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> holder(lane).filter(one -> ledger.number("""
                                select count(*) from chaos_write
                                where lane = ? and app = ? and was in ('READY', 'RUNNING')
                                  and at > clock_timestamp() - interval '1 second'
                                """, lane, one.name()) > 0), Optional::isPresent)
                .orElseThrow();
    }

    /** Asks any replica that answers, again and again until one does; 5xx is no answer. */
    Portal.Answer ask(String sub, Function<Portal, Portal.Answer> question) {
        return Awaitility.await()
                .alias("an answer")
                .atMost(Duration.ofMinutes(3))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> all.stream()
                                .filter(BrokerProcess::alive)
                                .flatMap(one -> tried(one.portal(sub), question).stream())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<Portal.Answer> tried(Portal portal, Function<Portal, Portal.Answer> question) {
        try {
            return Optional.of(question.apply(portal)).filter(answer -> answer.status() < 500);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Submits a request; answers its id. */
    String submit(String request) {
        Portal.Answer answer = ask("privacy-desk", portal -> portal.post("/requests", request));
        if (answer.status() != 202) {
            throw new IllegalStateException("Not accepted: " + answer.status() + " " + answer.body());
        }
        return answer.json().get("id").asString();
    }

    String stage(String id) {
        return ask("privacy-desk", portal -> portal.get("/requests/" + id))
                .json()
                .get("stage")
                .asString();
    }

    /** Waits until a request is in a stage like this. */
    void until(String id, Predicate<String> wish) {
        Awaitility.await()
                .alias("request " + id)
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> stage(id), wish);
    }

    /** Another person approves the plan of a request as it is now; answers the status. */
    int approve(String id) {
        String hash = ask("privacy-officer", portal -> portal.get("/requests/" + id + "/plan?limit=1"))
                .json()
                .get("planHash")
                .asString();
        return ask(
                        "privacy-officer",
                        portal -> portal.post("/requests/" + id + "/approval", DataRequests.approval(hash)))
                .status();
    }

    @Override
    public void close() {
        all.forEach(BrokerProcess::close);
        issuer.close();
    }
}

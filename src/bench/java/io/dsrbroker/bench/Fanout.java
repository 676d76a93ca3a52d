package io.dsrbroker.bench;

import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What durability costs: tasks a second of one lane ÷ calls a second of a bare WebClient loop. */
final class Fanout implements Section {

    private static final int TASKS = 10_000;
    private static final double SECONDS = 1.5;
    private static final List<Integer> CONCURRENCIES = List.of(256, 64, 32);
    private static final List<Integer> DELAYS = List.of(0, 5, 50);

    @Override
    public void run(Results results) throws Exception {
        try (StubProcess stub = StubProcess.start();
                Issuer issuer = new Issuer();
                BareLoop bare = new BareLoop(stub.url())) {
            for (int concurrency : CONCURRENCIES) {
                try (Lane lane = Lane.start(
                        Database.durable(), stub, issuer, Files.createTempDirectory("bench"), concurrency, TASKS)) {
                    warmUp(stub, bare, lane, concurrency);
                    for (int delay : DELAYS) {
                        measure(results, stub, bare, lane, delay, concurrency);
                    }
                }
            }
        }
    }

    private static void warmUp(StubProcess stub, BareLoop bare, Lane lane, int concurrency) throws Exception {
        stub.set(0, TASKS);
        for (int round = 0; round < 3; round++) {
            bare.perSecond(TASKS, concurrency);
            lane.perSecond(TASKS);
        }
    }

    private static void measure(
            Results results, StubProcess stub, BareLoop bare, Lane lane, int delay, int concurrency) throws Exception {
        stub.set(delay, TASKS);
        List<Double> bares = new ArrayList<>();
        List<Double> lanes = new ArrayList<>();
        int calls = (int) Math.min(TASKS, SECONDS * concurrency * 1000 / Math.max(delay, 1));
        for (int round = 0; round < Results.ROUNDS; round++) {
            bares.add(bare.perSecond(calls, concurrency));
            lanes.add(lane.perSecond(calls));
        }
        results.ratio("fanout", delay + " ms, concurrency " + concurrency, "tasks/s", lanes, "bare calls/s", bares);
    }
}

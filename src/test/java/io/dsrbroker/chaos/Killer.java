package io.dsrbroker.chaos;

import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.RestartablePostgres;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Kills a replica every few seconds and starts it again; now and then the database crashes instead. */
final class Killer implements AutoCloseable {

    private static final int KILLS_PER_CRASH = 7;

    private final Replicas replicas;
    private final RestartablePostgres postgres;
    private final Random random;
    private final AtomicInteger kills = new AtomicInteger();
    private final Thread thread;
    private volatile boolean ended;
    private volatile @Nullable Exception failure;

    Killer(Replicas replicas, RestartablePostgres postgres, long seed) {
        this.replicas = replicas;
        this.postgres = postgres;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().name("killer").start(this::run);
    }

    int kills() {
        return kills.get();
    }

    private void run() {
        try {
            while (!ended) {
                // A replica needs several seconds to start: more kills at a time and nobody would do anything.
                Thread.sleep(3000 + random.nextInt(3000));
                List<BrokerProcess> ready =
                        replicas.all().stream().filter(BrokerProcess::answers).toList();
                if (ended || ready.size() < 2) {
                    continue;
                }
                BrokerProcess victim = ready.get(random.nextInt(ready.size()));
                victim.kill();
                victim.launch();
                if (kills.incrementAndGet() % KILLS_PER_CRASH == 2) {
                    Thread.sleep(1000);
                    postgres.crash();
                }
                for (BrokerProcess one : replicas.all()) {
                    if (!one.alive()) {
                        one.launch();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    /** Ends the killing; what went wrong with it is thrown here. */
    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("The killer failed", failure);
        }
    }
}

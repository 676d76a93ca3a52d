package io.dsrbroker.bench;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** What could at best be: a WebClient that gets documents, and does nothing with them. */
final class BareLoop implements AutoCloseable {

    private final ConnectionProvider connections = ConnectionProvider.builder("bare")
            .maxConnections(512)
            .pendingAcquireMaxCount(-1)
            .build();
    private final WebClient client;

    BareLoop(String url) {
        this.client = WebClient.builder()
                .baseUrl(url)
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
                .build();
    }

    /** Calls a second, with so many virtual threads that each make one call after the other. */
    double perSecond(int calls, int concurrency) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(concurrency);
        long began = System.nanoTime();
        List<Thread> threads = IntStream.range(0, concurrency)
                .mapToObj(each -> Thread.ofVirtual().start(() -> {
                    int call = next.getAndIncrement();
                    while (call < calls) {
                        byte[] body = client.get()
                                .uri("/workspaces/w/computes/c" + call + "?api-version=1")
                                .retrieve()
                                .bodyToMono(byte[].class)
                                .block();
                        if (body == null || body.length < 1000) {
                            throw new IllegalStateException("The stub did not answer as it should");
                        }
                        call = next.getAndIncrement();
                    }
                    done.countDown();
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        if (done.getCount() > 0) {
            throw new IllegalStateException("A loop has failed");
        }
        return calls / ((System.nanoTime() - began) / 1e9);
    }

    @Override
    public void close() {
        connections.dispose();
    }
}

package io.dsrbroker.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Every request of every server, in the order of their arrival, and counters that also hold when the requests are not kept. */
final class RequestLog {

    private final AtomicLong seq = new AtomicLong();
    private final ConcurrentLinkedQueue<LoggedRequest> entries = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<Key, LongAdder> counters = new ConcurrentHashMap<>();
    private final LongAdder leaks = new LongAdder();
    private volatile boolean keeping = true;

    /** What is counted together; status 0 stands for no answer. */
    record Key(String upstream, int row, int status) {}

    long next() {
        return seq.incrementAndGet();
    }

    /** Whether requests are kept from now on; those so far go when they are not. */
    void keep(boolean wanted) {
        keeping = wanted;
        if (!wanted) {
            entries.clear();
        }
    }

    boolean keeps() {
        return keeping;
    }

    void add(LoggedRequest request) {
        counters.computeIfAbsent(new Key(request.upstream(), request.row(), request.status()), fresh -> new LongAdder())
                .increment();
        if (isLeak(request)) {
            leaks.increment();
        }
        if (keeping) {
            entries.add(request);
        }
    }

    static boolean isLeak(LoggedRequest request) {
        return request.upstream().equals(Upstream.CONTENT.wireName()) && request.authorization();
    }

    List<LoggedRequest> entries() {
        return entries.stream()
                .sorted(Comparator.comparingLong(LoggedRequest::seq))
                .toList();
    }

    Map<Key, Long> counters() {
        var all = new ConcurrentHashMap<Key, Long>();
        counters.forEach((key, count) -> all.put(key, count.sum()));
        return all;
    }

    Map<Integer, Integer> countsByRow() {
        var counts = new TreeMap<Integer, Integer>();
        counters().forEach((key, count) -> counts.merge(key.row(), Math.toIntExact(count), Integer::sum));
        return counts;
    }

    long leaks() {
        return leaks.sum();
    }

    void clear() {
        entries.clear();
        counters.clear();
        leaks.reset();
    }
}

package io.dsrbroker.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Every request of every server, in the order of their arrival. */
final class RequestLog {

    private final AtomicLong seq = new AtomicLong();
    private final ConcurrentLinkedQueue<LoggedRequest> entries = new ConcurrentLinkedQueue<>();

    long next() {
        return seq.incrementAndGet();
    }

    void add(LoggedRequest request) {
        entries.add(request);
    }

    List<LoggedRequest> entries() {
        return entries.stream()
                .sorted(Comparator.comparingLong(LoggedRequest::seq))
                .toList();
    }

    Map<Integer, Integer> countsByRow() {
        var counts = new TreeMap<Integer, Integer>();
        entries.forEach(entry -> counts.merge(entry.row(), 1, Integer::sum));
        return counts;
    }

    void clear() {
        entries.clear();
    }
}

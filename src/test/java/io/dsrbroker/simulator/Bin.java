package io.dsrbroker.simulator;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Things by key in the order they came; positions survive deletions, so that a list can be paged while its items vanish. */
final class Bin<T> {

    private final ConcurrentMap<String, Long> positions = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, T> items = new ConcurrentSkipListMap<>();
    private final AtomicLong last = new AtomicLong();
    private final boolean ignoresCase;

    private Bin(boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
    }

    /** Keys are equal whatever their case, as names in the resource manager are. */
    static <T> Bin<T> ignoringCase() {
        return new Bin<>(true);
    }

    /** Keys are equal only when every character is. */
    static <T> Bin<T> exact() {
        return new Bin<>(false);
    }

    void put(String key, T item) {
        items.put(positions.computeIfAbsent(normal(key), unseen -> last.incrementAndGet()), item);
    }

    @Nullable
    T get(String key) {
        var position = positions.get(normal(key));
        return position == null ? null : items.get(position);
    }

    synchronized T getOrCreate(String key, T fresh) {
        var known = get(key);
        if (known != null) {
            return known;
        }
        put(key, fresh);
        return fresh;
    }

    @Nullable
    T remove(String key) {
        var position = positions.remove(normal(key));
        return position == null ? null : items.remove(position);
    }

    Collection<T> values() {
        return Collections.unmodifiableCollection(items.values());
    }

    SortedMap<Long, T> after(long position) {
        return items.tailMap(position, false);
    }

    int size() {
        return positions.size();
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    private String normal(String key) {
        return ignoresCase ? Ids.lower(key) : key;
    }
}

package io.dsrbroker.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import tools.jackson.databind.MappingIterator;

/** Records that come in any order and are read in theirs: sorted some thousand at a time, and merged when read. */
final class SortedSpool<T> implements AutoCloseable {

    private static final int AT_ONCE = 5000;

    private final Comparator<T> order;
    private final IntFunction<Spool<T>> spools;
    private final List<T> loose = new ArrayList<>();
    private final List<Spool<T>> runs = new ArrayList<>();

    /** Spools by number, for the runs that are sorted in themselves. */
    SortedSpool(Comparator<T> order, IntFunction<Spool<T>> spools) {
        this.order = order;
        this.spools = spools;
    }

    void add(T line) throws IOException {
        loose.add(line);
        if (loose.size() == AT_ONCE) {
            close();
        }
    }

    /** Ends the writing. */
    @Override
    public void close() throws IOException {
        if (loose.isEmpty()) {
            return;
        }
        loose.sort(order);
        Spool<T> run = spools.apply(runs.size());
        runs.add(run);
        try (run) {
            for (T line : loose) {
                run.add(line);
            }
        }
        loose.clear();
    }

    void each(Spool.Reader<T> reader) throws IOException {
        List<MappingIterator<T>> open = new ArrayList<>();
        try {
            PriorityQueue<Head<T>> heads = new PriorityQueue<>(Comparator.comparing(Head::line, order));
            for (Spool<T> run : runs) {
                MappingIterator<T> lines = run.lines();
                open.add(lines);
                add(heads, lines);
            }
            for (Head<T> next = heads.poll(); next != null; next = heads.poll()) {
                reader.read(next.line());
                add(heads, next.behind());
            }
        } finally {
            open.forEach(MappingIterator::close);
        }
    }

    /** The next line of a run, and what lies behind it. */
    private record Head<T>(T line, MappingIterator<T> behind) {}

    private static <T> void add(PriorityQueue<Head<T>> heads, MappingIterator<T> lines) {
        if (lines.hasNextValue()) {
            heads.add(new Head<>(lines.nextValue(), lines));
        }
    }
}

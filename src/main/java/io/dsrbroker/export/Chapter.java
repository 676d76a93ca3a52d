package io.dsrbroker.export;

import io.dsrbroker.job.Found;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MappingIterator;

/** All of one type in one target: its items in local files, and what they add up to. */
final class Chapter implements AutoCloseable {

    private final String target;
    private final String type;
    private final Spool<Item> items;
    private final Spool<Fields> fields;
    private Found found = Found.NOTHING;
    private long files;
    private long bytes;
    private long exceptions;
    private long others;
    private int rows;
    private long nameless;
    private long words;

    /** Items in one file, and what those of them that have a document say in another. */
    Chapter(String target, String type, Spool<Item> items, Spool<Fields> fields) {
        this.target = target;
        this.type = type;
        this.items = items;
        this.fields = fields;
    }

    /**
     * An item, and what its document says.
     *
     * @param says nothing where it has no document
     */
    record Entry(Item item, Fields says) {

        /** What people call it. */
        String name() {
            String title = says.title();
            String key = item.key();
            return title != null ? title : key == null || key.isEmpty() ? "unnamed" : key;
        }
    }

    void add(Entry entry) throws IOException {
        Item item = entry.item();
        items.add(item);
        if (item.path() != null) {
            fields.add(entry.says());
            words += entry.says().length();
        }
        if (listed(item)) {
            rows++;
        } else if (item.kind() != TaskKind.DISCOVER) {
            nameless++;
        }
        Found more = item.found();
        found = more == null ? found : found.plus(more);
        Long length = item.bytes();
        if (length != null) {
            files++;
            bytes += length;
        } else if (item.state().exception()) {
            exceptions++;
        } else if (item.kind() != TaskKind.DISCOVER && item.state() != TaskState.OUT_OF_SCOPE) {
            others++;
        }
    }

    private static boolean listed(Item item) {
        return item.kind() != TaskKind.DISCOVER && (item.path() != null || !item.nameless());
    }

    @Override
    public void close() throws IOException {
        try (items) {
            fields.close();
        }
    }

    String target() {
        return target;
    }

    String type() {
        return type;
    }

    Spool<Item> items() {
        return items;
    }

    /** What its lists held of whom. */
    Found found() {
        return found;
    }

    /** Items that have a file. */
    long files() {
        return files;
    }

    /** The length of these files. */
    long bytes() {
        return bytes;
    }

    /** Tasks of any kind that ended as an exception. */
    long exceptions() {
        return exceptions;
    }

    /** Items that are listed by name. */
    int rows() {
        return rows;
    }

    /** Items that were left out and are not listed, for their name may be another person's. */
    long nameless() {
        return nameless;
    }

    /** How many characters its documents say. */
    long words() {
        return words;
    }

    /** Whether it has anything to show beyond what was looked for in vain. */
    boolean worthReading() {
        return files + exceptions + others + found.others() + found.containers() > 0;
    }

    /** Reads what is listed by name; there must be something. */
    Rows read() throws IOException {
        return new Rows(items.lines(), files > 0 ? fields.lines() : null);
    }

    /** What is listed by name, one after the other. */
    static final class Rows implements AutoCloseable {

        private final MappingIterator<Item> items;
        private final @Nullable MappingIterator<Fields> fields;

        private Rows(MappingIterator<Item> items, @Nullable MappingIterator<Fields> fields) {
            this.items = items;
            this.fields = fields;
        }

        /** The next one; there must be one. */
        Entry next() {
            Item item = items.nextValue();
            while (!listed(item)) {
                item = items.nextValue();
            }
            return new Entry(item, item.path() == null || fields == null ? Fields.NONE : fields.nextValue());
        }

        @Override
        public void close() {
            try (items) {
                if (fields != null) {
                    fields.close();
                }
            }
        }
    }
}

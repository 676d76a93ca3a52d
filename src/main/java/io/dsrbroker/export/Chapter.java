package io.dsrbroker.export;

import io.dsrbroker.job.Found;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import java.io.IOException;

/** All of one type in one target: its items in a local file, and what they add up to. */
final class Chapter implements AutoCloseable {

    private final String target;
    private final String type;
    private final Spool<Item> items;
    private Found found = Found.NOTHING;
    private long files;
    private long bytes;
    private long exceptions;
    private long others;

    Chapter(String target, String type, Spool<Item> items) {
        this.target = target;
        this.type = type;
        this.items = items;
    }

    void add(Item item) throws IOException {
        items.add(item);
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

    @Override
    public void close() throws IOException {
        items.close();
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

    /** Whether it has anything to show beyond what was looked for in vain. */
    boolean worthReading() {
        return files + exceptions + others + found.others() + found.containers() > 0;
    }
}

package io.dsrbroker.export;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Records in a local file, one line of JSON each: first all are written, then they are read as often as needed. */
final class Spool<T> implements AutoCloseable {

    private final Scratch.Sheet sheet;
    private final JsonMapper json;
    private final Class<T> type;
    private @Nullable OutputStream out;
    private boolean empty = true;

    Spool(Scratch.Sheet sheet, JsonMapper json, Class<T> type) {
        this.sheet = sheet;
        this.json = json;
        this.type = type;
    }

    /** Takes a record. */
    @FunctionalInterface
    interface Reader<T> {

        void read(T line) throws IOException;
    }

    void add(T line) throws IOException {
        OutputStream to = out;
        if (to == null) {
            to = sheet.writer();
            out = to;
        }
        to.write(json.writeValueAsBytes(line));
        to.write('\n');
        empty = false;
    }

    /** Ends the writing. */
    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    void each(Reader<T> reader) throws IOException {
        if (empty) {
            return;
        }
        try (MappingIterator<T> lines = lines()) {
            while (lines.hasNextValue()) {
                reader.read(lines.nextValue());
            }
        }
    }

    /** What was written; there must be something. Closing it closes the file. */
    MappingIterator<T> lines() throws IOException {
        return json.readerFor(type).readValues(sheet.reader());
    }
}

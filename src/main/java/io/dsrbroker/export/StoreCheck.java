package io.dsrbroker.export;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that all brokers of a database use one export store: it holds an object named after the id that the database
 * knows. A name and nothing else: whoever writes it first is not asked for, and no half of it can be read.
 */
final class StoreCheck {

    private static final Logger log = LoggerFactory.getLogger(StoreCheck.class);
    private static final int TRIES = 3;
    private static final byte[] WORDS = """
            By this file dsr-broker knows its export store. It belongs to everything else in here: keep it, and copy it along.
            """.getBytes(StandardCharsets.UTF_8);

    private final StoreRows rows;
    private final @Nullable UUID moved;

    /**
     * A check.
     *
     * @param moved the id of the store that is given up
     */
    StoreCheck(StoreRows rows, @Nullable UUID moved) {
        this.rows = rows;
        this.moved = moved;
    }

    /** The object by which a store is known. */
    static String marker(UUID id) {
        return "dsr-export-store-" + id;
    }

    /** The store's id; another one than that of the other brokers is a {@link ForeignStore}. */
    UUID check(ExportStore store, String place) throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<StoreRows.Known> known = rows.known();
            if (known.isPresent() && isMarked(store, known.get().id())) {
                if (rows.used(known.get().id())) {
                    return known.get().id();
                }
                continue;
            }
            if (known.isPresent() && !maySucceed(known.get())) {
                throw new ForeignStore(place, known.get().id(), known.get().place());
            }
            UUID id = UUID.randomUUID();
            // Before the row is there: whoever finds the row finds the object, too.
            mark(store, id);
            if (known.map(old -> rows.replace(old.id(), id, place)).orElseGet(() -> rows.begin(id, place))) {
                log.info("The export store of this database is {} from now on, known as {}", place, id);
                known.ifPresent(old -> log.warn("It takes the place of {}, known as {}", old.place(), old.id()));
                return id;
            }
            // Another broker was quicker; its store may be the same one.
            store.delete(marker(id));
        }
        throw new IllegalStateException("Brokers that start together do not agree on an export store; start again");
    }

    private boolean maySucceed(StoreRows.Known known) {
        return known.id().equals(moved) || (!known.recent() && !rows.holdsAnything());
    }

    private static boolean isMarked(ExportStore store, UUID id) throws IOException {
        try {
            store.open(marker(id)).close();
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    private static void mark(ExportStore store, UUID id) throws IOException {
        try (ExportStore.Upload upload = store.begin(marker(id));
                OutputStream to = upload.stream()) {
            to.write(WORDS);
            upload.complete();
        }
    }
}

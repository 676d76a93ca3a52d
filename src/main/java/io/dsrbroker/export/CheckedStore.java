package io.dsrbroker.export;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An export store that is used for nothing before it is known to be the right one. One that cannot be reached when the
 * broker starts is looked at again with every use.
 */
final class CheckedStore implements ExportStore {

    private static final Logger log = LoggerFactory.getLogger(CheckedStore.class);

    private final ExportStore store;
    private final StoreCheck check;
    private final String place;
    private volatile @Nullable UUID id;

    CheckedStore(ExportStore store, StoreCheck check, String place) {
        this.store = store;
        this.check = check;
        this.place = place;
    }

    /** Looks for the first time: a wrong store is a {@link ForeignStore}, one that cannot be reached only told of. */
    CheckedStore begin() {
        try {
            checked();
        } catch (IOException e) {
            log.error(
                    "THE EXPORT STORE CANNOT BE USED: {}, {}. No contents are kept and no packages made until it can;"
                            + " both are tried again",
                    store.place(),
                    e.toString());
        }
        return this;
    }

    /** Its id, once it was seen to be the right one. */
    UUID checked() throws IOException {
        UUID known = id;
        if (known == null) {
            known = check.check(store, place);
            id = known;
        }
        return known;
    }

    /** Another store is used by now: it is looked at again before anything else is done with it. */
    void reconsider() {
        id = null;
    }

    private ExportStore right() throws IOException {
        try {
            checked();
        } catch (ForeignStore e) {
            throw new IOException(e.getMessage(), e);
        }
        return store;
    }

    @Override
    public String place() {
        return store.place();
    }

    @Override
    public Upload begin(String key) throws IOException {
        return right().begin(key);
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        return right().open(key);
    }

    @Override
    public void delete(String key) throws IOException {
        right().delete(key);
    }
}

package io.dsrbroker.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/** Keeps bytes that are too large for a database row: artifact contents and packages. */
interface ExportStore {

    /** Where it is, in an operator's words. */
    String place();

    /** Begins to write an object with a {@link StoreKey}; nothing is visible under its key before {@link Upload#complete}. */
    Upload begin(String key) throws IOException;

    /** Opens an object for reading, from any place; a missing one is a {@link java.io.FileNotFoundException}. */
    SeekableByteChannel open(String key) throws IOException;

    /** Removes an object, or a folder with all that lies in it; what is not there is no error. */
    void delete(String key) throws IOException;

    /** An object on its way in; closing it before it is complete leaves nothing behind. */
    interface Upload extends AutoCloseable {

        /** Where its bytes go. */
        OutputStream stream();

        /** Makes it visible, durably, replacing an older one of the same key. */
        void complete() throws IOException;

        @Override
        void close() throws IOException;
    }
}

package io.dsrbroker.upstream;

import java.io.IOException;
import java.io.InputStream;

/** Takes content as it arrives. */
@FunctionalInterface
public interface ContentReceiver {

    /** Reads the stream to its end; a failure of the upstream shows as an {@link IOException} of the stream. */
    void receive(InputStream content) throws IOException;
}

package io.dsrbroker.export;

import java.io.IOException;
import java.io.OutputStream;

/** Writes content as it arrives; it is called once. */
@FunctionalInterface
public interface ContentSource {

    /** Writes all of it. */
    void writeTo(OutputStream to) throws IOException;
}

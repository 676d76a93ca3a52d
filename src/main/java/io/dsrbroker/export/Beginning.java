package io.dsrbroker.export;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps the first bytes of what passes. */
final class Beginning {

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Beginning(int most) {
        this.most = most;
    }

    /** A stream that hands everything on to this one. */
    OutputStream before(OutputStream to) {
        return new FilterOutputStream(to) {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
                if (kept.size() < most) {
                    kept.write(b);
                }
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                kept.write(bytes, offset, Math.min(length, most - kept.size()));
            }
        };
    }

    byte[] bytes() {
        return kept.toByteArray();
    }
}

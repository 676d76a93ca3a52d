package io.dsrbroker.simulator;

import java.io.IOException;
import java.io.OutputStream;

/** Lets so many bytes through, then breaks. */
final class TruncatedStream extends OutputStream {

    private final OutputStream out;
    private long left;

    TruncatedStream(OutputStream out, long left) {
        this.out = out;
        this.left = left;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int allowed = (int) Math.min(left, length);
        out.write(bytes, offset, allowed);
        left -= allowed;
        if (allowed < length) {
            out.flush();
            throw new IOException("truncated on purpose");
        }
    }
}

package io.dsrbroker.simulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;

/** Lets a body of known length through in some twenty pieces, evenly over a time. */
final class DribblingStream extends OutputStream {

    private static final int PIECES = 20;

    private final OutputStream out;
    private final int piece;
    private final Duration pause;
    private int sinceRest;

    DribblingStream(OutputStream out, long length, Duration over) {
        this.out = out;
        this.piece = Math.toIntExact(Math.min(Integer.MAX_VALUE, length / PIECES + 1));
        this.pause = over.dividedBy(Math.max(1, length / piece));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = 0;
        while (at < length) {
            int part = Math.min(piece - sinceRest, length - at);
            out.write(bytes, offset + at, part);
            at += part;
            sinceRest += part;
            if (sinceRest == piece) {
                sinceRest = 0;
                out.flush();
                rest();
            }
        }
    }

    private void rest() throws InterruptedIOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}

package io.dsrbroker.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A blob as a file: it holds one window of it, which grows as long as reading goes straight on. */
final class BlobChannel implements SeekableByteChannel {

    private static final int SMALLEST = 1 << 18;
    private static final int LARGEST = 1 << 22;

    private final BlobRanges blob;
    private byte[] window;
    private long begin;
    private int next = SMALLEST;
    private long position;
    private boolean closed;

    private BlobChannel(BlobRanges blob) throws IOException {
        this.blob = blob;
        this.window = blob.read(0, SMALLEST);
    }

    /** At its first byte; a missing one is a {@link java.io.FileNotFoundException}. */
    static BlobChannel open(BlobRanges blob) throws IOException {
        return new BlobChannel(blob);
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        checkOpen();
        if (position >= blob.size()) {
            return -1;
        }
        if (!to.hasRemaining()) {
            return 0;
        }
        if (position < begin || position >= begin + window.length) {
            move();
        }
        int from = (int) (position - begin);
        int length = Math.min(to.remaining(), window.length - from);
        to.put(window, from, length);
        position += length;
        return length;
    }

    private void move() throws IOException {
        next = position == begin + window.length ? Math.min(LARGEST, 2 * next) : SMALLEST;
        window = new byte[0];
        begin = position;
        window = blob.read(position, next);
    }

    @Override
    public long position() throws IOException {
        checkOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
        checkOpen();
        if (to < 0) {
            throw new IllegalArgumentException("Before the first byte");
        }
        position = to;
        return this;
    }

    @Override
    public long size() throws IOException {
        checkOpen();
        return blob.size();
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        window = new byte[0];
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }
}

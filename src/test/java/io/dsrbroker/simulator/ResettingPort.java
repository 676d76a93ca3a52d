package io.dsrbroker.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.SocketException;

/** Accepts connections and resets them at once. */
final class ResettingPort implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ResettingPort.class.getName());

    private final ServerSocket socket;
    private final Thread thread;

    ResettingPort(Listen listen, int port) {
        try {
            socket = new ServerSocket(port, 1024, listen.address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (var connection = socket.accept()) {
                // Closing sends a reset instead of an orderly end.
                connection.setSoLinger(true, 0);
            } catch (SocketException e) {
                LOG.log(System.Logger.Level.DEBUG, "the port was closed, or the peer was quicker", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            // The port is free only when nothing accepts on it any more.
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

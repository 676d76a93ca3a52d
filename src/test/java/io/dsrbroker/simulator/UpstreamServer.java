package io.dsrbroker.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One upstream on a port. */
final class UpstreamServer implements AutoCloseable {

    static {
        // Without these the JDK's server waits 40 ms for the peer's acknowledgement and drops pooled connections early.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private final Exchanges exchanges;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Listen listen;
    private final int port;
    private @Nullable HttpServer server;
    private @Nullable ResettingPort resetting;

    UpstreamServer(Listen listen, int port, Exchanges exchanges) {
        this.listen = listen;
        this.exchanges = exchanges;
        var first = bind(port);
        this.server = first;
        this.port = first.getAddress().getPort();
    }

    String origin() {
        return listen.origin(port);
    }

    private HttpServer bind(int wanted) {
        try {
            var fresh = HttpServer.create(new InetSocketAddress(listen.address(), wanted), 1024);
            fresh.setExecutor(threads);
            fresh.createContext("/", exchange -> exchanges.exchange(exchange, origin()));
            fresh.start();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the port: connections are refused until {@link #open()}. */
    synchronized void refuse() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (resetting != null) {
            resetting.close();
            resetting = null;
        }
    }

    /** Resets connections as soon as they are made, until {@link #open()}. */
    synchronized void reset() {
        if (resetting == null) {
            refuse();
            resetting = new ResettingPort(listen, port);
        }
    }

    /** Opens the same port again. */
    synchronized void open() {
        if (server == null) {
            refuse();
            server = bind(port);
        }
    }

    @Override
    public void close() {
        refuse();
        threads.shutdownNow();
    }
}

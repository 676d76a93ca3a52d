package io.dsrbroker.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where hostile links lead: nobody must ever come here. It answers whoever comes as if all were well. */
public final class TrapServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TrapServer.class.getName());
    private static final String ANSWER = "{\"value\":[],\"status\":\"Succeeded\",\"state\":\"Succeeded\"}";

    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Caught> requests = new CopyOnWriteArrayList<>();

    TrapServer() {
        try {
            socket = new ServerSocket(0, 256, Listen.loopback().address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** A request that came; {@code credentials} tells whether it had an Authorization or DataLabAccessToken header. */
    public record Caught(String method, String target, String host, boolean credentials) {}

    /** The port on the loopback interface. */
    public int port() {
        return socket.getLocalPort();
    }

    /** How many connections were made, with or without a request. */
    public int connections() {
        return connections.get();
    }

    /** The requests that came. */
    public List<Caught> requests() {
        return List.copyOf(requests);
    }

    /** How many of the requests carried credentials. */
    public long bearers() {
        return requests.stream().filter(Caught::credentials).count();
    }

    void forget() {
        connections.set(0);
        requests.clear();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> answer(connection));
            } catch (SocketException e) {
                // The trap was closed.
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(Socket connection) {
        try (connection;
                var in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
            var caught = read(in);
            if (caught == null) {
                return;
            }
            requests.add(caught);
            var out = connection.getOutputStream();
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                            + ANSWER.length() + "\r\n\r\n" + ANSWER)
                    .getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "whoever came has gone already; the visit is counted", e);
        }
    }

    private static @Nullable Caught read(BufferedReader in) throws IOException {
        var first = in.readLine();
        if (first == null) {
            return null;
        }
        var parts = first.split(" ", -1);
        var host = "";
        boolean credentials = false;
        var line = in.readLine();
        while (line != null && !line.isEmpty()) {
            var name = Ids.lower(line.substring(0, Math.max(0, line.indexOf(':'))));
            credentials |= name.equals("authorization") || name.equals(Ids.lower(GalleryService.TOKEN_HEADER));
            if (name.equals("host")) {
                host = line.substring(5).strip();
            }
            line = in.readLine();
        }
        return new Caught(parts[0], parts.length > 1 ? parts[1] : "", host, credentials);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

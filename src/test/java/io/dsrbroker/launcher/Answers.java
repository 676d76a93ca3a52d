package io.dsrbroker.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether something listens on a port of this host; for health checks of images without a shell, and so without libraries. */
public final class Answers {

    private static final int PATIENCE_MILLIS = 2000;

    private Answers() {}

    /** Ends with 0 when it does, with 1 when not. */
    public static void main(String[] arguments) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
                    PATIENCE_MILLIS);
        } catch (IOException e) {
            System.exit(1);
        }
    }
}

package io.dsrbroker.launcher;

import io.dsrbroker.support.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether something listens on a port of this host: fails when nothing does. For health checks of images without a shell. */
final class Answers implements Program {

    private static final int PATIENCE_MILLIS = 2000;

    @Override
    public void run(String[] arguments) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
                    PATIENCE_MILLIS);
        }
    }
}

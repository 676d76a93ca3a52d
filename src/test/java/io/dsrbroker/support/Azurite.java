package io.dsrbroker.support;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** Microsoft's emulator of Azure Blob Storage, where this machine has it. */
public final class Azurite implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Process process;
    private final Path folder;
    private final int port;

    private Azurite(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** The program: the system property or variable {@code dsr.test.azurite}, else {@code azurite} on the PATH. */
    public static Optional<Path> program() {
        String named = System.getProperty("dsr.test.azurite", System.getenv("dsr.test.azurite"));
        Stream<Path> candidates = named != null
                ? Stream.of(Path.of(named))
                : Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, "azurite"));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /** Starts it on a free port, with an empty folder. */
    public static Azurite start(Path program) throws IOException {
        Path folder = Files.createTempDirectory("dsr-azurite");
        int port = freePort();
        ProcessBuilder command = new ProcessBuilder(
                        program.toString(),
                        "--disableTelemetry",
                        "--skipApiVersionCheck",
                        "--loose",
                        "--silent",
                        "--blobHost",
                        HOST,
                        "--blobPort",
                        String.valueOf(port),
                        "--queuePort",
                        "0",
                        "--tablePort",
                        "0",
                        "--location",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("azurite.log").toFile());
        command.environment().put("AZURITE_ACCOUNTS", BlobService.ACCOUNT + ":" + BlobService.KEY);
        Azurite azurite = new Azurite(command.start(), folder, port);
        Runtime.getRuntime().addShutdownHook(new Thread(azurite::close));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(azurite::listens);
        return azurite;
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Azurite ended while it started; see " + folder);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where a container of this name would be. */
    public String url(String container) {
        return "http://" + HOST + ":" + port + "/" + BlobService.ACCOUNT + "/" + container;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }
}

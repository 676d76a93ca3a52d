package io.dsrbroker;

import io.dsrbroker.shared.Command;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** {@code healthy [URL]}: asks a broker whether it is ready, for images without a shell; by default the one on this host's port 8081. */
final class Healthy implements Command {

    private static final String READINESS = "http://127.0.0.1:8081/actuator/health/readiness";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Override
    public int run(List<String> arguments, PrintStream out) {
        if (arguments.size() > 1) {
            out.println("Usage: healthy [URL]");
            return USAGE;
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(arguments.isEmpty() ? READINESS : arguments.getFirst()))
                    .timeout(PATIENCE)
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            out.println(status == 200 ? "Ready" : "Not ready: " + status);
            return status == 200 ? OK : INVALID;
        } catch (IllegalArgumentException e) {
            out.println("Not a URL");
            return USAGE;
        } catch (IOException e) {
            out.println("Not ready: no answer");
            return INVALID;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INVALID;
        }
    }
}

package io.dsrbroker.launcher;

import io.dsrbroker.simulator.SampleEstate;
import io.dsrbroker.support.Portal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** The samples against a broker that runs elsewhere, with tokens of its issuer; the simulator there serves {@link SampleEstate}. */
final class Samples {

    private final String broker;
    private final String tokenEndpoint;
    private final Path folder;
    private final PrintStream out;

    /** The URL of the broker, the issuer's token endpoint, and a folder for the package. */
    Samples(String broker, String tokenEndpoint, Path folder, PrintStream out) {
        this.broker = broker;
        this.tokenEndpoint = tokenEndpoint;
        this.folder = folder;
        this.out = out;
    }

    /** Runs both to their ends; answers whether both completed. */
    boolean run() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        SampleEstate estate = new SampleEstate();
        Portal desk = portal("privacy-desk");
        SampleExport export = new SampleExport(desk, estate, folder, out);
        boolean exported = export.run();
        boolean deleted = new SampleDelete(desk, portal("privacy-officer"), estate, out).run();
        return exported && deleted;
    }

    private Portal portal(String person) throws IOException, InterruptedException {
        return new Portal(broker, token(person));
    }

    private String token(String person) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_secret=any&client_id="
                + URLEncoder.encode(person, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(tokenEndpoint))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("No token: " + answer.statusCode());
        }
        return new JsonMapper().readTree(answer.body()).get("access_token").asString();
    }
}

package io.dsrbroker.launcher;

import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Issuer;
import java.io.PrintStream;

/** What can be tried now, ready to paste. */
final class Hints {

    private final Broker broker;
    private final String sample;
    private final String request;
    private final PrintStream out;

    Hints(Broker broker, String sample, String request, PrintStream out) {
        this.broker = broker;
        this.sample = sample;
        this.request = request;
        this.out = out;
    }

    void print() {
        String url = broker.url();
        out.println();
        out.println("Console:     " + url + "/console  (sign in with any name)");
        out.println("Swagger UI:  " + url + "/swagger-ui.html  (Authorize → sign in with any name)");
        out.println("OpenAPI:     " + url + "/v3/api-docs");
        out.println();
        out.println("TOKEN=" + broker.token("privacy-desk", Issuer.ALL_SCOPES));
        out.println(
                "OFFICER=" + broker.token("privacy-officer", Issuer.ALL_SCOPES) + "  # another person, who may decide");
        get("/requests");
        get("/requests/" + sample);
        get("/requests/" + sample + "/resources?type=run&limit=5");
        get("/requests/" + sample + "/events");
        get("/requests/" + sample + "/package");
        get("/lanes");
        get("/catalogue");
        out.println("curl -s -X POST -H \"Authorization: Bearer $TOKEN\" -H \"Idempotency-Key: $(date +%s%N)\""
                + " -H 'Content-Type: application/json' -d '" + request + "' " + url + "/api/v1/requests");
        out.println();
        out.println("Ctrl-C stops everything.");
    }

    private void get(String path) {
        out.println("curl -s -H \"Authorization: Bearer $TOKEN\" '" + broker.url() + "/api/v1" + path + "'");
    }
}

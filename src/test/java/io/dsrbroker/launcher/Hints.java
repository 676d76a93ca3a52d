package io.dsrbroker.launcher;

import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Issuer;
import java.io.PrintStream;

/** What can be tried now, ready to paste. */
final class Hints {

    private final Broker broker;
    private final PrintStream out;

    Hints(Broker broker, PrintStream out) {
        this.broker = broker;
        this.out = out;
    }

    void print() {
        String url = broker.url();
        out.println();
        out.println("Swagger UI:  " + url + "/swagger-ui.html  (Authorize → sign in with any name)");
        out.println("OpenAPI:     " + url + "/v3/api-docs");
        out.println();
        out.println("TOKEN=" + broker.token("privacy-desk", Issuer.ALL_SCOPES));
        out.println("curl -s -H \"Authorization: Bearer $TOKEN\" " + url + "/api/v1/requests");
        out.println("curl -s -H \"Authorization: Bearer $TOKEN\" " + url + "/api/v1/catalogue");
        out.println("curl -s -H \"Authorization: Bearer $TOKEN\" " + url + "/api/v1/lanes");
        out.println("curl -s -X POST -H \"Authorization: Bearer $TOKEN\" -H \"Idempotency-Key: $(date +%s%N)\""
                + " -H 'Content-Type: application/json' -d '{\"type\":\"EXPORT\",\"subject\":{\"email\":\"ada@example.com\"},"
                + "\"targets\":[{\"kind\":\"gallery-author\"}]}' " + url + "/api/v1/requests");
        out.println();
        out.println("Ctrl-C stops everything.");
    }
}

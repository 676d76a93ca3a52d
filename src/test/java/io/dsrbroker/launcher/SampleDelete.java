package io.dsrbroker.launcher;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.DataContainers;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Run;
import io.dsrbroker.simulator.RunOwner;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends a sample delete of an account of its own, shows its plan, lets another person approve it, and shows what it came to. */
final class SampleDelete {

    private static final String LOCATION = "East US 2";

    private final Portal desk;
    private final Portal officer;
    private final AzureSimulator azure;
    private final Person subject;
    private final Person other;
    private final PrintStream out;
    private final JsonMapper json = new JsonMapper();

    SampleDelete(Broker broker, AzureSimulator azure, Person subject, Person other, PrintStream out) {
        this.desk = broker.portal("privacy-desk", Issuer.ALL_SCOPES);
        this.officer = broker.portal("privacy-officer", Issuer.ALL_SCOPES);
        this.azure = azure;
        this.subject = subject;
        this.other = other;
        this.out = out;
    }

    /** Runs it to its end; answers whether it completed. */
    boolean run() throws InterruptedException {
        String id = desk.submit(request(account()).toString());
        out.println();
        out.println("Sample delete " + id);
        Progress progress = new Progress(desk, id, out);
        String stage = progress.until(view -> view.get("stage").asString().equals("AWAITING_APPROVAL")
                || !view.get("finishedAt").isNull());
        if (stage.equals("AWAITING_APPROVAL")) {
            approve(id);
            stage = progress.untilEnded();
        }
        out.println("The sample delete ended " + stage + ".");
        return stage.equals("COMPLETED");
    }

    private void approve(String id) {
        JsonNode plan = desk.get("/requests/" + id + "/plan").json();
        show(plan);
        ObjectNode approval =
                json.createObjectNode().put("planHash", plan.get("planHash").asString());
        Portal.Answer answer = officer.post("/requests/" + id + "/approval", approval.toString());
        if (answer.status() != 200) {
            throw new IllegalStateException("Not approved: " + answer.status() + " " + answer.body());
        }
        out.println("The privacy officer has approved exactly this plan.");
    }

    private void show(JsonNode plan) {
        out.println();
        out.println("Its plan " + plan.get("planHash").asString());
        JsonNode summary = plan.get("summary");
        out.printf("  %-28s %8s%n", "resource type", "planned");
        summary.get("byType")
                .properties()
                .forEach(type -> out.printf(
                        "  %-28s %8d%n", type.getKey(), type.getValue().asLong()));
        out.printf("  %-50s %8s %8s %8s %8s%n", "what goes with", "subject", "others", "people", "unknown");
        summary.get("blastRadius")
                .forEach(radius -> out.printf(
                        "  %-50s %8d %8d %8d %8d%n",
                        radius.get("container").asString(),
                        radius.get("subject").asLong(),
                        radius.get("others").asLong(),
                        radius.get("otherPeople").asLong(),
                        radius.get("unknown").asLong()));
    }

    /** An account that the sample export has not seen, with one project of the subject's and one that is shared. */
    private Place account() {
        Place account = Place.lab(Estate.SUBSCRIPTION, Estate.GROUP, "leaving");
        Place workspace = account.workspace("desk");
        Place own = workspace.project("own");
        Place shared = workspace.project("shared");
        azure.estate()
                .change()
                .lab(account, LOCATION)
                .workspace(workspace)
                .project(own, LOCATION, DataContainers.PREFIXED)
                .project(shared, LOCATION, DataContainers.PREFIXED);
        for (int number = 1; number <= 5; number++) {
            run(own, number, subject);
            run(shared, number, number == 1 ? other : subject);
        }
        return account;
    }

    private void run(Place project, int number, Person owner) {
        azure.estate()
                .change()
                .run(
                        project,
                        new Run(
                                "run-" + number,
                                number,
                                "experiment",
                                new RunOwner.InFull(owner),
                                false,
                                1,
                                List.of()));
    }

    private ObjectNode request(Place account) {
        ObjectNode request = json.createObjectNode();
        request.put("type", "DELETE").put("externalId", "sample-2");
        request.putObject("subject").put("objectId", subject.objectId()).put("email", subject.userName());
        request.putObject("verification")
                .put("method", "id-document")
                .put("verifiedBy", "privacy-desk")
                .put("verifiedAt", Instant.now().toString());
        request.putArray("targets").add(account.target().put("name", "leaving").put("select", "ALL"));
        return request;
    }
}

package io.dsrbroker.launcher;

import io.dsrbroker.simulator.SampleEstate;
import io.dsrbroker.support.Portal;
import java.io.PrintStream;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends a sample delete of an account of its own, shows its plan, lets another person approve it, and shows what it came to. */
final class SampleDelete {

    private final Portal desk;
    private final Portal officer;
    private final SampleEstate estate;
    private final PrintStream out;
    private final JsonMapper json = new JsonMapper();

    SampleDelete(Portal desk, Portal officer, SampleEstate estate, PrintStream out) {
        this.desk = desk;
        this.officer = officer;
        this.estate = estate;
        this.out = out;
    }

    /** Runs it to its end; answers whether it completed. */
    boolean run() throws InterruptedException {
        String id = desk.submit(request().toString());
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

    private ObjectNode request() {
        ObjectNode request = json.createObjectNode();
        request.put("type", "DELETE").put("externalId", "sample-2");
        request.putObject("subject")
                .put("objectId", SampleEstate.SUBJECT.objectId())
                .put("email", SampleEstate.SUBJECT.userName());
        request.putObject("verification")
                .put("method", "id-document")
                .put("verifiedBy", "privacy-desk")
                .put("verifiedAt", Instant.now().toString());
        request.putArray("targets")
                .add(estate.leaving().target().put("name", "leaving").put("select", "ALL"));
        return request;
    }
}

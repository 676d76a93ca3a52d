package io.dsrbroker.launcher;

import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.SampleEstate;
import io.dsrbroker.support.Portal;
import java.io.PrintStream;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a sample export through the API, shows how it goes, and what it came to. */
final class SampleExport {

    private final Portal portal;
    private final SampleEstate estate;
    private final Path folder;
    private final PrintStream out;
    private String id = "";
    private final JsonMapper json = new JsonMapper();

    SampleExport(Portal portal, SampleEstate estate, Path folder, PrintStream out) {
        this.portal = portal;
        this.estate = estate;
        this.folder = folder;
        this.out = out;
    }

    /** Runs it to its end; answers whether it completed. */
    boolean run() throws InterruptedException {
        id = portal.submit(request().toString());
        out.println("Sample export " + id);
        String stage = new Progress(portal, id, out).untilEnded();
        out.println("The sample export ended " + stage + ".");
        Path zip = folder.resolve("dsr-" + id + ".zip").toAbsolutePath();
        if (portal.download("/requests/" + id + "/package", zip) == 200) {
            out.println("Its package: " + zip);
        }
        return stage.equals("COMPLETED");
    }

    /** The id of its request. */
    String id() {
        return id;
    }

    /** Its request. */
    ObjectNode request() {
        ObjectNode request = json.createObjectNode();
        request.put("type", "EXPORT").put("externalId", "sample-1");
        request.putObject("subject")
                .put("galleryAuthorId", SampleEstate.SUBJECT.authorId())
                .put("objectId", SampleEstate.SUBJECT.objectId())
                .put("email", SampleEstate.SUBJECT.userName());
        request.putObject("secrets").put("dataLabAccessToken", "sample-token");
        ArrayNode targets = request.putArray("targets");
        targets.addObject().put("name", "gallery").put("kind", "gallery-author");
        for (Place place : estate.exported()) {
            ObjectNode target = place.target();
            if (target.path("kind").asString("").equals("gallery-author")) {
                continue;
            }
            target.put("name", target.path("kind").asString("") + "-" + targets.size());
            boolean shared = target.path("kind").asString("").equals("experimentation-account");
            target.put("select", shared ? "OWNED" : "ALL").put("unknownOwner", "INCLUDE");
            targets.add(target);
        }
        return request;
    }
}

package io.dsrbroker.simulator;

import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/** The documents of the Gallery catalog, flat and in snake case. */
final class GalleryDocuments {

    private static final String TENANT = "14b2744cf8d6418c87ffddc3f3127242";
    private static final String COMMUNITY = "9502630827244d60a1214f250e3bbca7";

    private GalleryDocuments() {}

    static ObjectNode user(Person person, int entities) {
        var document = Json.object()
                .put("entities_count", entities)
                .put("contribution_score", new BigDecimal("86.351575190956922"))
                .put("scored_at", Ids.offsetTime(0))
                .put("contributed_at", Ids.offsetTime(-4))
                .put("created_at", Ids.offsetTime(-200_000))
                .put("updated_at", Ids.offsetTime(-200_000))
                .put("name", person.displayName());
        document.set("slugs", Json.strings(person.displayName().replace(' ', '-')));
        document.put("tenant_id", TENANT).put("community_id", COMMUNITY).put("id", person.authorId());
        return finish(document, "users/" + person.authorId());
    }

    static ObjectNode entity(Person person, int number, boolean unlisted) {
        var id = Ids.uuid("entity", person.authorId(), String.valueOf(number));
        var document = Json.object()
                .put("id", id)
                .put("entity_type", number % 3 == 0 ? "Tutorial" : "Experiment")
                .put("name", "Flowers & more, part " + number)
                .put("slug", "Flowers-more-part-" + number)
                .put("hidden", unlisted)
                .put("created_at", Ids.offsetTime(number))
                .put("updated_at", Ids.offsetTime(number));
        document.putObject("author").put("id", person.authorId()).put("name", person.displayName());
        return finish(document, "entities/" + id);
    }

    private static ObjectNode finish(ObjectNode document, String path) {
        document.putObject("_links")
                .put(
                        "self",
                        "https://catalog.azureml.net/tenants/" + TENANT + "/communities/" + COMMUNITY + "/" + path);
        return document.put("etag", "\"" + Ids.uuid("etag", path) + "\"");
    }
}

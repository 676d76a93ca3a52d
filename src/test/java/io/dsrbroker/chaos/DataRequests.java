package io.dsrbroker.chaos;

import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests as a privacy team sends them. */
final class DataRequests {

    private static final JsonMapper JSON = new JsonMapper();

    private DataRequests() {}

    /** An export of all there is in these places, whoever made it. */
    static String export(Person subject, Iterable<Place> places) {
        return request("EXPORT", subject, places, "ALL").toString();
    }

    /** A delete of all there is in these places, whoever made it. */
    static String delete(Person subject, Iterable<Place> places) {
        return verified(request("DELETE", subject, places, "ALL")).toString();
    }

    /** A delete of what is the subject's own in these places. */
    static String deleteOwned(Person subject, Iterable<Place> places) {
        ObjectNode request = verified(request("DELETE", subject, places, "OWNED"));
        request.withArray("/targets").forEach(target -> ((ObjectNode) target).put("unknownOwner", "EXCLUDE"));
        return request.toString();
    }

    /** An approval of the plan with this hash. */
    static String approval(String planHash) {
        return JSON.createObjectNode().put("planHash", planHash).toString();
    }

    private static ObjectNode verified(ObjectNode request) {
        request.putObject("verification")
                .put("method", "id-document")
                .put("verifiedBy", "privacy-desk")
                .put("verifiedAt", "2026-01-02T03:04:05Z");
        return request;
    }

    private static ObjectNode request(String type, Person subject, Iterable<Place> places, String select) {
        ObjectNode request = JSON.createObjectNode().put("type", type);
        request.putObject("subject")
                .put("galleryAuthorId", subject.authorId())
                .put("objectId", subject.objectId())
                .put("email", subject.userName());
        request.putObject("secrets").put("dataLabAccessToken", "good-token");
        request.putArray("targets");
        for (Place place : places) {
            ObjectNode target = place.target();
            if (place.kind() != Place.Kind.GALLERY_AUTHOR) {
                target.put("select", select);
            }
            request.withArray("/targets").add(target);
        }
        return request;
    }
}

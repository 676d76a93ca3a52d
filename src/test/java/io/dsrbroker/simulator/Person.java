package io.dsrbroker.simulator;

/** Somebody whose data the upstreams hold; {@code userName} is the e-mail address, {@code authorId} the Gallery's 64 upper-case hex digits. */
public record Person(String objectId, String tenantId, String userName, String authorId, String displayName) {

    /** A made-up person; equal names give equal identifiers. */
    public static Person named(String firstName, String lastName) {
        var userName = Ids.lower(firstName + "." + lastName + "@example.com");
        return new Person(
                Ids.uuid("object", userName),
                Ids.uuid("tenant", "example.com"),
                userName,
                Ids.sha256(userName),
                firstName + " " + lastName);
    }
}

package io.dsrbroker.simulator;

import java.util.Locale;

/** What a run's document says about who made it. */
public sealed interface RunOwner {

    /** Names the person in full: object id, tenant and user name. */
    record InFull(Person person) implements RunOwner {}

    /** Only the user name, in another letter case than the person's own. */
    record ByUserName(Person person) implements RunOwner {
        String userName() {
            return person.userName().toUpperCase(Locale.ROOT);
        }
    }

    /** No {@code createdBy} at all. */
    record Unknown() implements RunOwner {}

    /** Whether a reader of the document finds this person to be the owner. */
    default boolean is(Person subject) {
        return switch (this) {
            case InFull named -> named.person().objectId().equalsIgnoreCase(subject.objectId());
            case ByUserName named -> named.person().userName().equalsIgnoreCase(subject.userName());
            case Unknown unknown -> false;
        };
    }
}

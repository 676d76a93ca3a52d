package io.dsrbroker.simulator;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/** An experimentation account with its workspaces. */
record Lab(Place place, String location, ObjectNode document, Bin<Space> spaces, AtomicReference<Instant> busyUntil) {

    /** A workspace with its projects. */
    record Space(Place place, ObjectNode document, Bin<Project> projects, AtomicReference<Instant> busyUntil) {}

    static Lab empty(Place place, String location) {
        return new Lab(
                place,
                location,
                ArmDocuments.lab(place, location),
                Bin.ignoringCase(),
                new AtomicReference<>(Instant.MIN));
    }

    Space addSpace(String name) {
        var inside = place.workspace(name);
        var space = new Space(
                inside,
                ArmDocuments.workspace(inside, location),
                Bin.ignoringCase(),
                new AtomicReference<>(Instant.MIN));
        spaces.put(name, space);
        return space;
    }
}

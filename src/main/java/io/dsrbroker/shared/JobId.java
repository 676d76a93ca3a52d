package io.dsrbroker.shared;

import java.util.UUID;

/** Identifies a request and the job that carries it out: UUIDv7. */
public record JobId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}

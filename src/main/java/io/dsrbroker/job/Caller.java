package io.dsrbroker.job;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param sub the person
 * @param client the application that the person, or nobody, uses; null where the token names none
 */
public record Caller(String sub, @Nullable String client) {

    /** The broker itself. */
    public static final Caller SYSTEM = new Caller("system", null);
}

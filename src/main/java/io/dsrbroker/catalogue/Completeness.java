package io.dsrbroker.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * How to notice that a list was silently short.
 *
 * @param type the resource type whose document says how many items there should be
 * @param pointer where it says so
 * @param secret the request's secret without which the list is known to be short
 * @param advice what a person should do about it
 */
public record Completeness(
        String type, String pointer, @Nullable String secret, String advice) {}

package io.dsrbroker.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template variable taken from a document.
 *
 * @param pointers where it may stand, tried in order
 * @param segmentAfter takes the path segment that follows this one (ARM ids), instead of the whole value
 * @param otherwise the variable whose value is used when no pointer finds one
 */
public record Capture(
        List<String> pointers,
        @Nullable String segmentAfter,
        @Nullable String otherwise) {}

package io.dsrbroker.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One upstream quota and who drives it.
 *
 * @param lane its name
 * @param until when a pause ends; null where there is none, or none in sight
 * @param ready tasks that may be sent
 * @param inFlight calls under way
 * @param ratePerSecond calls per second as its holder last said
 * @param holder the replica that drives it; null where none does
 */
public record LaneView(
        String lane,
        State state,
        @Nullable Instant until,
        long ready,
        int inFlight,
        double ratePerSecond,
        @Nullable String holder) {

    /** What a lane does. */
    @Schema(name = "LaneState")
    public enum State {
        /** Nobody drives it now. */
        IDLE,
        /** A replica sends its tasks. */
        ACTIVE,
        /** The upstream asked for a pause. */
        THROTTLED,
        /** The upstream fails, or refuses the broker's credentials. */
        BROKEN,
        /** A person paused it. */
        PAUSED
    }
}

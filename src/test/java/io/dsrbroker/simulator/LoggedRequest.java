package io.dsrbroker.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request as it came; {@code row} is the first row of endpoints.csv with this call, 0 for a discovery list, -1 for anything else. */
public record LoggedRequest(
        long seq,
        Instant at,
        String upstream,
        String method,
        String target,
        int row,
        int status,
        boolean authorization,
        boolean dataLabToken,
        @Nullable String clientRequestId) {

    LoggedRequest answered(int withStatus) {
        return new LoggedRequest(
                seq, at, upstream, method, target, row, withStatus, authorization, dataLabToken, clientRequestId);
    }

    /** Whether this is the call of the row; some rows share one. */
    public boolean isRow(int wanted) {
        int first = switch (wanted) {
            case 18 -> 5;
            case 20 -> 7;
            case 22 -> 9;
            case 24 -> 11;
            case 14 -> 13;
            case 40 -> 35;
            default -> wanted;
        };
        return row == first;
    }
}

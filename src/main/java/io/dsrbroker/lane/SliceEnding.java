package io.dsrbroker.lane;

import java.time.Duration;

/** When a slice ends although there is more to do. */
interface SliceEnding {

    /** Whether it is another's turn; a call that takes long keeps the lane. */
    boolean due();

    /** Whether the replica stops; then calls are given up that take longer than the patience. */
    boolean shuttingDown();

    /** How long to wait for calls in flight. */
    Duration patience();

    /** A call takes long: the lane stays for another slice. */
    void postpone();
}

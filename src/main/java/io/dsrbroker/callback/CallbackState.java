package io.dsrbroker.callback;

/** How far a callback is. */
public enum CallbackState {
    /** It is being sent, or will be tried again. */
    PENDING,
    /** The portal answered 2xx. */
    DELIVERED,
    /** The retry schedule is used up; it can be replayed. */
    FAILED,
    /** The portal answered 410 to this or an earlier one; nothing is sent for this request until somebody replays. */
    GONE
}

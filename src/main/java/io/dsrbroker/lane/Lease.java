package io.dsrbroker.lane;

/**
 * The right to drive a lane until another replica takes it.
 *
 * @param epoch grows with every taking
 */
record Lease(String lane, long epoch) {}

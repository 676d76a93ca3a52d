package io.dsrbroker.audit;

/**
 * What it takes to recognise a checkpoint.
 *
 * @param seq its number
 * @param hash SHA-256 of its {@code jws} in hex, as the log has it and as the next checkpoint names it
 */
public record CheckpointMark(long seq, String hash) {}

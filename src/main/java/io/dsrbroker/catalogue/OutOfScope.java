package io.dsrbroker.catalogue;

/**
 * Data that no call of an upstream reaches; always told to the caller.
 *
 * @param what which data
 * @param reason why the broker cannot reach it
 * @param where what a person can do
 */
public record OutOfScope(String what, String reason, String where) {}

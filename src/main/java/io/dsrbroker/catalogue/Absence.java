package io.dsrbroker.catalogue;

import java.util.List;

/**
 * An answer that proves that a resource is not there.
 *
 * @param status the HTTP status
 * @param codes error codes of which one must be given; empty when the status alone proves it
 */
public record Absence(int status, List<String> codes) {}

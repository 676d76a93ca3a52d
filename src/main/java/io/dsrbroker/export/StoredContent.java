package io.dsrbroker.export;

/**
 * Content that the export store holds.
 *
 * @param store its key there
 * @param sha256 of its plain bytes, 64 hex digits
 * @param bytes how many plain bytes
 */
public record StoredContent(String store, String sha256, long bytes) {}

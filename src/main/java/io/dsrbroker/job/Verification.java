package io.dsrbroker.job;

import java.time.Instant;

/**
 * How the privacy team made sure that the subject is who they say.
 *
 * @param method such as {@code id-document}
 * @param verifiedBy who checked
 * @param verifiedAt when
 */
public record Verification(String method, String verifiedBy, Instant verifiedAt) {}

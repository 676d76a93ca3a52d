package io.dsrbroker.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it was written.
 *
 * @param requestId the request whose chain or receipt it is; null for the broker's own chain and for checkpoints
 * @param seq the number of the entry or checkpoint; null where it is about none
 */
public record Finding(@Nullable UUID requestId, @Nullable Long seq, String what) {}

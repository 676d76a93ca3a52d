/** Who did what and what came of it: chains of entries, signed checkpoints over them, receipts, and their verification. */
@ApplicationModule(allowedDependencies = {"shared", "catalogue", "job"})
@NullMarked
package io.dsrbroker.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

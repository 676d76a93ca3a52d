/** The core: requests as jobs, what discovery finds, and the task table. */
@ApplicationModule(allowedDependencies = {"shared", "catalogue", "vault", "tracing"})
@NullMarked
package io.dsrbroker.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

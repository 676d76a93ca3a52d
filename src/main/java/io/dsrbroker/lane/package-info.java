/** The engine: drives the tasks of a lane, one replica at a time, within the upstream's quota. */
@ApplicationModule(allowedDependencies = {"shared", "job", "catalogue", "upstream", "export", "vault", "tracing"})
@NullMarked
package io.dsrbroker.lane;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Joins what is done for one request into one trace, over threads, replicas and days; tells nothing of the person. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.dsrbroker.tracing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

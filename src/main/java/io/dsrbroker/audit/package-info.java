/** Who did what: one chain of entries per job, in which no entry can be changed without it showing. */
@ApplicationModule(allowedDependencies = {"shared", "job"})
@NullMarked
package io.dsrbroker.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** One call of an upstream: address, token, sending, paging, and what the answer means. Knows no jobs. */
@ApplicationModule(allowedDependencies = {"shared", "catalogue", "egress", "tracing"})
@NullMarked
package io.dsrbroker.upstream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

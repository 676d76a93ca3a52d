/** Signed webhooks that tell the portal of every change of a request's stage, at least once each. */
@ApplicationModule(allowedDependencies = {"shared", "job", "egress"})
@NullMarked
package io.dsrbroker.callback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** The HTTP API under {@code /api/v1}: what the portal sends and sees. */
@ApplicationModule(allowedDependencies = {"shared", "job", "catalogue", "export", "audit", "callback", "vault"})
@NullMarked
package io.dsrbroker.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

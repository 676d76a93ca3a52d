/** Encryption at rest of identifiers, secrets and payloads. */
@ApplicationModule(allowedDependencies = "shared")
@NullMarked
package io.dsrbroker.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

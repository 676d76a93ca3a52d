/** What the upstreams offer, as data: resource types, their calls, owners, secrets and proofs of absence. */
@ApplicationModule(allowedDependencies = "shared")
@NullMarked
package io.dsrbroker.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

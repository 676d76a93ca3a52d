/** What the subject receives: payloads, the package made of them, its download and expiry. */
@ApplicationModule(allowedDependencies = {"shared", "catalogue", "egress", "job", "vault"})
@NullMarked
package io.dsrbroker.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

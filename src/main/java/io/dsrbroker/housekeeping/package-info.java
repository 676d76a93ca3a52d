/** What has to be done when time has passed: erasing what was kept of subjects, and keys that are wrapped anew. */
@ApplicationModule(allowedDependencies = {"shared", "job", "export", "vault"})
@NullMarked
package io.dsrbroker.housekeeping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

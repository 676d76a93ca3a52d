/** Pages for people at {@code /console}: they see what the API shows, and act by its calls. */
@ApplicationModule(allowedDependencies = {"shared", "job", "lane", "audit", "api"})
@NullMarked
package io.dsrbroker.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

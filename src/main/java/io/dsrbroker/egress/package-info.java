/** Where connections may go: looked at when they are made, for upstreams and portals alike. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.dsrbroker.egress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** The upstreams as they really behave, over real HTTP on the loopback interface, for tests and for trying the broker out. */
@NullMarked
package io.dsrbroker.simulator;

import org.jspecify.annotations.NullMarked;

/** Tests of the core's rules. */
@NullMarked
package io.dsrbroker.job;

import org.jspecify.annotations.NullMarked;

/** Tests of housekeeping. */
@NullMarked
package io.dsrbroker.housekeeping;

import org.jspecify.annotations.NullMarked;

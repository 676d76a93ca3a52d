/** TODO. */
@NullMarked
package io.dsrbroker.lane;

import org.jspecify.annotations.NullMarked;

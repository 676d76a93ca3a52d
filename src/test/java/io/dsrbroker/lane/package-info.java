/** Tests of the engine's parts. */
@NullMarked
package io.dsrbroker.lane;

import org.jspecify.annotations.NullMarked;

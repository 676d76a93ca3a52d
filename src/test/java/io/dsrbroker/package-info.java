/** Tests of the house as a whole. */
@NullMarked
package io.dsrbroker;

import org.jspecify.annotations.NullMarked;

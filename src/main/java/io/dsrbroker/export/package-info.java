/** TODO. */
@NullMarked
package io.dsrbroker.export;

import org.jspecify.annotations.NullMarked;

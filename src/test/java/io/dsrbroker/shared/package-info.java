/** Tests of what every module may use. */
@NullMarked
package io.dsrbroker.shared;

import org.jspecify.annotations.NullMarked;

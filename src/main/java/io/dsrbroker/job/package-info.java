/** TODO. */
@NullMarked
package io.dsrbroker.job;

import org.jspecify.annotations.NullMarked;

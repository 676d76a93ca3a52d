/** TODO. */
@NullMarked
package io.dsrbroker.api;

import org.jspecify.annotations.NullMarked;

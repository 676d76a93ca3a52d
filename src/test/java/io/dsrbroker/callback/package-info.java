/** Tests of single calls. */
@NullMarked
package io.dsrbroker.callback;

import org.jspecify.annotations.NullMarked;

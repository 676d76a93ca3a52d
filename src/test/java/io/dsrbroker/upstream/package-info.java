/** Tests of single calls. */
@NullMarked
package io.dsrbroker.upstream;

import org.jspecify.annotations.NullMarked;

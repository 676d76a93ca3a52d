/** Tests of single calls. */
@NullMarked
package io.dsrbroker.egress;

import org.jspecify.annotations.NullMarked;

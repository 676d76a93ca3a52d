/** Tests of the catalogue. */
@NullMarked
package io.dsrbroker.catalogue;

import org.jspecify.annotations.NullMarked;

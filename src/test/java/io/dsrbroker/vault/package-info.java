/** Tests of the vault. */
@NullMarked
package io.dsrbroker.vault;

import org.jspecify.annotations.NullMarked;

/** Tests of the audit module. */
@NullMarked
package io.dsrbroker.audit;

import org.jspecify.annotations.NullMarked;

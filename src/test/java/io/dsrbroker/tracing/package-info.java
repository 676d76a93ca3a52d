/** What traces tell, and what they keep to themselves. */
@NullMarked
package io.dsrbroker.tracing;

import org.jspecify.annotations.NullMarked;

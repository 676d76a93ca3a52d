/** The broker: carries data-subject requests out and proves what happened. */
@NullMarked
package io.dsrbroker;

import org.jspecify.annotations.NullMarked;

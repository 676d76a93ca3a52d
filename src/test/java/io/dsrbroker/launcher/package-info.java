/** The whole broker on a developer's machine, with nothing to install. */
@NullMarked
package io.dsrbroker.launcher;

import org.jspecify.annotations.NullMarked;

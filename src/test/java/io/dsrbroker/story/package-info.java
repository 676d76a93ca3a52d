/** What the broker promises, told as stories against the simulator. */
@NullMarked
package io.dsrbroker.story;

import org.jspecify.annotations.NullMarked;

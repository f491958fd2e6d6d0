/// Saving what a crashed kernel left: the command, and its words.
@NullMarked
package io.inquest.capture;

import org.jspecify.annotations.NullMarked;

/// What the act did, step by step, as it did it: on the console, and in files that outlive a crash in the middle.
@NullMarked
package io.inquest.capture.journal;

import org.jspecify.annotations.NullMarked;

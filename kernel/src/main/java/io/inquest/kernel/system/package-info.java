/// The dead system as a whole: when it died, how long it had run, under what load, and what had tainted it.
@NullMarked
package io.inquest.kernel.system;

import org.jspecify.annotations.NullMarked;

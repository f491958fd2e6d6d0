/// The act itself: what is saved, in which order, and what follows when something fails.
@NullMarked
package io.inquest.capture.act;

import org.jspecify.annotations.NullMarked;

/// The one configuration that set-up and capture follow, whichever distribution's files it was written in: typed
/// values,
/// each of which knows where it came from.
@NullMarked
package io.inquest.capture.config;

import org.jspecify.annotations.NullMarked;

/// Where a dump lands: the configured target and path, seen with what is mounted, and the command that writes there.
@NullMarked
package io.inquest.capture.place;

import org.jspecify.annotations.NullMarked;

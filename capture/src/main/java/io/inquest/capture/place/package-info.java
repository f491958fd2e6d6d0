/// Where a dump lands: the configured target and path, seen with what is mounted.
@NullMarked
package io.inquest.capture.place;

import org.jspecify.annotations.NullMarked;

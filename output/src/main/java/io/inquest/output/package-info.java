/// The one JSON writer, table renderer, progress line, size and time formats, and terminal-safe text.
@NullMarked
package io.inquest.output;

import org.jspecify.annotations.NullMarked;

/// Commands about C types and values: `struct`, `p`, `whatis`, and walks along lists and trees.
@NullMarked
package io.inquest.crash.command.type;

import org.jspecify.annotations.NullMarked;

/// Typed places in the dead kernel's memory, and walks along the structures that link them.
@NullMarked
package io.inquest.kernel.object;

import org.jspecify.annotations.NullMarked;

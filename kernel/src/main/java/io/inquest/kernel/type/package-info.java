/// C types of the kernel: the model, where the types come from, and how a type is found by its C name.
@NullMarked
package io.inquest.kernel.type;

import org.jspecify.annotations.NullMarked;

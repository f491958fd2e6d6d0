/// Stacks of the dead kernel: who called whom, how that was found, and how far it can be trusted.
@NullMarked
package io.inquest.kernel.stack;

import org.jspecify.annotations.NullMarked;

/// The vmcoreinfo text that a kernel would export, made from its symbols and types (`-g`).
@NullMarked
package io.inquest.makedumpfile.vmcoreinfo;

import org.jspecify.annotations.NullMarked;

/// `kmem`: one class for each thing that it tells of the kernel's memory.
@NullMarked
package io.inquest.crash.command.kmem;

import org.jspecify.annotations.NullMarked;

/// Commands about stacks: the calls that brought a task or a CPU to where it was.
@NullMarked
package io.inquest.crash.command.stack;

import org.jspecify.annotations.NullMarked;

/// Commands about memory: reading it, translating addresses, and how the kernel and its tasks use it.
@NullMarked
package io.inquest.crash.command.memory;

import org.jspecify.annotations.NullMarked;

/// Commands about the kernel as a whole: its log, symbols, modules, CPUs.
@NullMarked
package io.inquest.crash.command.system;

import org.jspecify.annotations.NullMarked;

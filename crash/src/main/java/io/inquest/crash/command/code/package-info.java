/// Commands about the kernel's code.
@NullMarked
package io.inquest.crash.command.code;

import org.jspecify.annotations.NullMarked;

/// Commands about the program itself: help, aliases, settings.
@NullMarked
package io.inquest.crash.command.program;

import org.jspecify.annotations.NullMarked;

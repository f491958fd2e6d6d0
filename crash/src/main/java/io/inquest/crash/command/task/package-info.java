/// Commands about tasks: which there are, what they wait for, and the calls that brought them there.
@NullMarked
package io.inquest.crash.command.task;

import org.jspecify.annotations.NullMarked;

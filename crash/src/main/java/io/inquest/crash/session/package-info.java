/// What lasts from one command to the next: the kernel, the current task, settings, aliases, and how words become
/// numbers.
@NullMarked
package io.inquest.crash.session;

import org.jspecify.annotations.NullMarked;

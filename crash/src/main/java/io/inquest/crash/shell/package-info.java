/// Runs command lines: words, pipes and redirections, aliases, files of commands, and failures that become one line.
@NullMarked
package io.inquest.crash.shell;

import org.jspecify.annotations.NullMarked;

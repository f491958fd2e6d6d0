/// `inquest crash`: questions to a dead kernel from a command line, a file, or a prompt.
@NullMarked
package io.inquest.cli.crash;

import org.jspecify.annotations.NullMarked;

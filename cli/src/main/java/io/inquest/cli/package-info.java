/// The inquest command and its sub-commands: arguments in, rendered answers out.
@NullMarked
package io.inquest.cli;

import org.jspecify.annotations.NullMarked;

/// Commands about files: what tasks have open.
@NullMarked
package io.inquest.crash.command.file;

import org.jspecify.annotations.NullMarked;

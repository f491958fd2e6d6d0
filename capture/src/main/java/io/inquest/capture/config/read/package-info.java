/// Reads kdump.conf and the distributions' files of shell variables, strictly: whoever errs is told file, line, what is
/// wrong and what would be right.
@NullMarked
package io.inquest.capture.config.read;

import org.jspecify.annotations.NullMarked;

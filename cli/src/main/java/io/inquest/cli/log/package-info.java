/// `inquest dmesg`: the log of the dead kernel.
@NullMarked
package io.inquest.cli.log;

import org.jspecify.annotations.NullMarked;

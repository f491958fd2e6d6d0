/// `inquest kexec`, with the options of kexec(8).
@NullMarked
package io.inquest.cli.kexec;

import org.jspecify.annotations.NullMarked;

/// `inquest explain`: what one page frame is, and why it is or is not in the dump.
@NullMarked
package io.inquest.cli.page;

import org.jspecify.annotations.NullMarked;

/// `inquest capture`, as help and manual pages tell of it.
@NullMarked
package io.inquest.cli.capture;

import org.jspecify.annotations.NullMarked;

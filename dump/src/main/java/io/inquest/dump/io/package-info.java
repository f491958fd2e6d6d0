/// Bytes at 64-bit offsets, to read from and to write to. Nothing above this package sees a file.
@NullMarked
package io.inquest.dump.io;

import org.jspecify.annotations.NullMarked;

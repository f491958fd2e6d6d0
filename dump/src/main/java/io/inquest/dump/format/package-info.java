/// What the readers of all containers share: recognising a format, reading a structure and saying what is wrong with
/// it, notes, and maps from address ranges to places in a file.
@NullMarked
package io.inquest.dump.format;

import org.jspecify.annotations.NullMarked;

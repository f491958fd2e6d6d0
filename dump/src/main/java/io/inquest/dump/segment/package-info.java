/// Physical memory that lies in a file as a few ranges: what ELF cores and raw images have in common.
@NullMarked
package io.inquest.dump.segment;

import org.jspecify.annotations.NullMarked;

/// The kdump-compressed format of makedumpfile and QEMU: header, two bitmaps, page
/// descriptors, compressed pages.
@NullMarked
package io.inquest.dump.kdump;

import org.jspecify.annotations.NullMarked;

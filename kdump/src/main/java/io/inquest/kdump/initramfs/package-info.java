/// The initial file system of the capture kernel: what lies in it, and how it is packed.
///
/// Same inputs give the same bytes: entries are sorted, their times are 0, their inode numbers count up.
@NullMarked
package io.inquest.kdump.initramfs;

import org.jspecify.annotations.NullMarked;

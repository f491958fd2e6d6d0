/// ELF core dumps: `/proc/vmcore`, `/proc/kcore`, and what makedumpfile -E, QEMU and libvirt write.
@NullMarked
package io.inquest.dump.elf;

import org.jspecify.annotations.NullMarked;

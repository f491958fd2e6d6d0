/// ELF objects that describe a kernel: vmlinux, modules and their debug files; sections, symbols, build ids.
@NullMarked
package io.inquest.kernel.elf;

import org.jspecify.annotations.NullMarked;

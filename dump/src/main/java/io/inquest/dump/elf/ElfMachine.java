package io.inquest.dump.elf;

import io.inquest.dump.Machine;
import java.nio.ByteOrder;

/// The names that `uname -m` gives for the values of `e_machine` (`include/uapi/linux/elf-em.h`).
final class ElfMachine {

    private ElfMachine() {}

    static String name(ElfHeader header) {
        boolean wide = header.wordBytes() == 8;
        boolean little = header.order() == ByteOrder.LITTLE_ENDIAN;
        return switch (header.machine()) {
            case 2, 18 -> "sparc";
            case 3, 6 -> "i686";
            case 4 -> "m68k";
            case 8 -> wide ? "mips64" : "mips";
            case 15 -> wide ? "parisc64" : "parisc";
            case 20 -> "ppc";
            case 21 -> little ? "ppc64le" : "ppc64";
            case 22 -> wide ? "s390x" : "s390";
            case 40 -> "arm";
            case 43 -> "sparc64";
            case 50 -> "ia64";
            case 62 -> "x86_64";
            case 183 -> "aarch64";
            case 243 -> wide ? "riscv64" : "riscv32";
            case 258 -> wide ? "loongarch64" : "loongarch32";
            default -> Machine.UNKNOWN;
        };
    }
}

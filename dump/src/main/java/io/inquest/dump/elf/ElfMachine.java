package io.inquest.dump.elf;

import io.inquest.dump.Machine;
import java.nio.ByteOrder;

/// The names that `uname -m` gives for the values of `e_machine` (`include/uapi/linux/elf-em.h`).
public final class ElfMachine {

    static final int EM_386 = 3;

    /// Memory of 32-bit x86 below this address is mapped all the time: 1 GiB less 128 MiB (Linux, MAXMEM).
    static final long I386_LOW_MEMORY = 0x3800_0000L;

    private ElfMachine() {}

    static String name(ElfHeader header) {
        return name(header.machine(), header.wordBytes() == 8, header.order() == ByteOrder.LITTLE_ENDIAN);
    }

    /// The name for a value of `e_machine` in a file of 64 or 32 bits and either byte order, or
    /// [Machine#UNKNOWN].
    public static String name(int machine, boolean wide, boolean little) {
        return switch (machine) {
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

    /// The value of `e_machine` for a name; 0 (EM_NONE) for one that is not known.
    static int number(String name) {
        return switch (name) {
            case "sparc" -> 2;
            case "i386", "i486", "i586", "i686" -> EM_386;
            case "m68k" -> 4;
            case "mips", "mips64" -> 8;
            case "parisc", "parisc64" -> 15;
            case "ppc" -> 20;
            case "ppc64", "ppc64le" -> 21;
            case "s390", "s390x" -> 22;
            case "arm", "armv6l", "armv7l", "armv8l" -> 40;
            case "sparc64" -> 43;
            case "ia64" -> 50;
            case "x86_64" -> 62;
            case "aarch64" -> 183;
            case "riscv32", "riscv64" -> 243;
            case "loongarch32", "loongarch64" -> 258;
            default -> 0;
        };
    }
}

package io.inquest.dump.kdump;

import io.inquest.dump.Machine;

/// How the program that wrote a file lays out C structures; all headers of the file follow it.
///
/// | ABI        | `unsigned long` | 8-byte types aligned to | machines                             |
/// |------------|----------------:|------------------------:|--------------------------------------|
/// | LP64       |               8 |                       8 | all 64-bit ones                      |
/// | ILP32_4    |               4 |                       4 | i386; packed, as QEMU writes 32-bit  |
/// | ILP32_8    |               4 |                       8 | arm, ppc, mips and other 32-bit ones |
enum KdumpAbi {
    LP64(8, 32, 40, 48, 56, 64, 72, 80, 104),
    ILP32_4(4, 20, 28, 32, 40, 44, 52, 56, 80),
    ILP32_8(4, 24, 32, 40, 48, 56, 64, 72, 96);

    final int wordBytes;
    final int vmcoreinfoOffsetAt;
    final int vmcoreinfoSizeAt;
    final int noteOffsetAt;
    final int noteSizeAt;
    final int eraseOffsetAt;
    final int eraseSizeAt;
    final int widePfnsAt;
    final int subHeaderBytes;

    KdumpAbi(
            int wordBytes,
            int vmcoreinfoOffsetAt,
            int vmcoreinfoSizeAt,
            int noteOffsetAt,
            int noteSizeAt,
            int eraseOffsetAt,
            int eraseSizeAt,
            int widePfnsAt,
            int subHeaderBytes) {
        this.wordBytes = wordBytes;
        this.vmcoreinfoOffsetAt = vmcoreinfoOffsetAt;
        this.vmcoreinfoSizeAt = vmcoreinfoSizeAt;
        this.noteOffsetAt = noteOffsetAt;
        this.noteSizeAt = noteSizeAt;
        this.eraseOffsetAt = eraseOffsetAt;
        this.eraseSizeAt = eraseSizeAt;
        this.widePfnsAt = widePfnsAt;
        this.subHeaderBytes = subHeaderBytes;
    }

    /// The ABI of the programs of a machine.
    static KdumpAbi of(Machine machine) {
        if (machine.wordBytes() == 8) {
            return LP64;
        }
        String name = machine.name();
        boolean i386 = name.length() == 4 && name.startsWith("i") && name.endsWith("86");
        return i386 ? ILP32_4 : ILP32_8;
    }
}

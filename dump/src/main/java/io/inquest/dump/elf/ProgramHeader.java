package io.inquest.dump.elf;

import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.format.RawStruct;

/// One program header of an ELF file, in the file's byte order.
///
/// | ELF64 | ELF32 | Field      | Meaning                                                         |
/// |------:|------:|------------|-----------------------------------------------------------------|
/// |   0/4 |   0/4 | `p_type`   | 0 PT_NULL, 1 PT_LOAD, 4 PT_NOTE                                 |
/// |   4/4 |  24/4 | `p_flags`  | permissions; carried over when a dump is written                |
/// |   8/8 |   4/4 | `p_offset` | where its bytes are in the file                                 |
/// |  16/8 |   8/4 | `p_vaddr`  | kernel virtual address; 0 when QEMU wrote it                    |
/// |  24/8 |  12/4 | `p_paddr`  | physical address; all ones when `/proc/kcore` knows none        |
/// |  32/8 |  16/4 | `p_filesz` | bytes in the file                                               |
/// |  40/8 |  20/4 | `p_memsz`  | bytes in memory; what is behind `p_filesz` was left out         |
/// |  48/8 |  28/4 | `p_align`  | carried over when a dump is written                             |
///
/// Columns give offset and size. Source: System V ABI, `include/uapi/linux/elf.h`.
record ProgramHeader(int type, int flags, long offset, long vaddr, long paddr, long filesz, long memsz, long align) {

    static final int PT_NULL = 0;
    static final int PT_LOAD = 1;
    static final int PT_NOTE = 4;

    /// Physical addresses have at most 52 bits on every architecture that Linux runs on.
    private static final long MOST_PHYSICAL = 1L << 52;

    /// The memory of the largest machines: what is larger is damage, and would be gone through for hours.
    private static final long MOST_PHYSICAL_BYTES = 1L << 46;

    static int bytes(int wordBytes) {
        return wordBytes == 8 ? 56 : 32;
    }

    static ProgramHeader parse(RawStruct raw, int wordBytes) {
        if (wordBytes == 8) {
            return new ProgramHeader(
                    raw.i32(0),
                    raw.i32(4),
                    raw.i64(8),
                    raw.i64(16),
                    raw.i64(24),
                    raw.i64(32),
                    raw.i64(40),
                    raw.i64(48));
        }
        long paddr = raw.u32(12);
        return new ProgramHeader(
                raw.i32(0),
                raw.i32(24),
                raw.u32(4),
                raw.u32(8),
                paddr == 0xffff_ffffL ? -1 : paddr,
                raw.u32(16),
                raw.u32(20),
                raw.u32(28));
    }

    /// Whether a PT_LOAD can be memory and lie in a file. One without a physical address may have any size: that of
    /// `/proc/kcore` for vmalloc has the size of its address space.
    boolean isPlausible() {
        long bytes = Math.max(memsz, filesz);
        boolean hasAddress = paddr != -1;
        return memsz >= 0
                && filesz >= 0
                && (offset >= 0 || filesz == 0)
                && (!hasAddress || (bytes <= MOST_PHYSICAL_BYTES && paddr >= 0 && paddr <= MOST_PHYSICAL - bytes));
    }

    PhysicalSegment segment() {
        return new PhysicalSegment(vaddr, paddr, memsz, filesz, offset);
    }
}

package io.inquest.kernel.elf;

/// One section header.
///
/// | ELF64 | ELF32 | Field          | Meaning                                                     |
/// |------:|------:|----------------|-------------------------------------------------------------|
/// |   0/4 |   0/4 | `sh_name`      | offset in the section of names                              |
/// |   4/4 |   4/4 | `sh_type`      | 2 symbols, 4 relocations with addends, 7 notes, 8 no bytes  |
/// |   8/8 |   8/4 | `sh_flags`     | 2 in memory, 0x800 compressed                               |
/// |  16/8 |  12/4 | `sh_addr`      | address in memory; 0 in a relocatable object                |
/// |  24/8 |  16/4 | `sh_offset`    | where in the file                                           |
/// |  32/8 |  20/4 | `sh_size`      | bytes                                                       |
/// |  40/4 |  24/4 | `sh_link`      | symbols: their strings; relocations: their symbols          |
/// |  44/4 |  28/4 | `sh_info`      | relocations: the section that they change                   |
/// |  48/8 |  32/4 | `sh_addralign` | not needed                                                  |
/// |  56/8 |  36/4 | `sh_entsize`   | size of an entry                                            |
///
/// Columns give offset and size. Source: System V ABI, `include/uapi/linux/elf.h`.
///
/// @param index its number among the sections
public record ElfSection(
        int index, String name, int type, long flags, long address, long offset, long bytes, int link, int info) {

    static final int SYMBOLS = 2;
    static final int RELOCATIONS_WITH_ADDENDS = 4;
    static final int NOTES = 7;
    static final int NO_BYTES = 8;

    private static final long IN_MEMORY = 2;
    private static final long COMPRESSED = 0x800;

    /// Whether it is part of the running kernel or module.
    public boolean isInMemory() {
        return (flags & IN_MEMORY) != 0;
    }

    /// Whether the file holds its bytes; a debug file keeps headers of code and data whose bytes it left out.
    public boolean hasBytes() {
        return type != NO_BYTES;
    }

    boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }
}

package io.inquest.kernel.symbol;

import java.nio.ByteBuffer;

/// An entry of an ELF symbol table, as a module keeps it in memory (System V ABI, `include/uapi/linux/elf.h`).
///
/// | 64 bit | 32 bit | Field      | Meaning                                                          |
/// |-------:|-------:|------------|------------------------------------------------------------------|
/// |    0/4 |    0/4 | `st_name`  | offset in the string table                                       |
/// |    4/1 |   12/1 | `st_info`  | binding and type; in modules until 4.20 the letter of nm(1)      |
/// |    6/2 |   14/2 | `st_shndx` | section, 0 for a symbol that is defined elsewhere                |
/// |    8/8 |    4/4 | `st_value` | address                                                          |
/// |   16/8 |    8/4 | `st_size`  | bytes; in modules of 5.0 and 5.1 the letter of nm(1)             |
///
/// Columns give offset and size.
record ElfSymbolLayout(int bytes, int infoAt, int sectionAt, int valueAt, int sizeAt, int wordBytes) {

    static ElfSymbolLayout of(int wordBytes) {
        return wordBytes == Long.BYTES
                ? new ElfSymbolLayout(24, 4, 6, 8, 16, wordBytes)
                : new ElfSymbolLayout(16, 12, 14, 4, 8, wordBytes);
    }

    int name(ByteBuffer symbols, int index) {
        return symbols.getInt(index * bytes);
    }

    int info(ByteBuffer symbols, int index) {
        return symbols.get(index * bytes + infoAt) & 0xff;
    }

    int section(ByteBuffer symbols, int index) {
        return symbols.getShort(index * bytes + sectionAt) & 0xffff;
    }

    long value(ByteBuffer symbols, int index) {
        return word(symbols, index * bytes + valueAt);
    }

    long size(ByteBuffer symbols, int index) {
        return word(symbols, index * bytes + sizeAt);
    }

    private long word(ByteBuffer symbols, int at) {
        return wordBytes == Long.BYTES ? symbols.getLong(at) : symbols.getInt(at) & 0xffff_ffffL;
    }
}

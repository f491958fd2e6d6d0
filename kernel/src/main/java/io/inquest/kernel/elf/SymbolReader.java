package io.inquest.kernel.elf;

import io.inquest.dump.DumpException;

/// Reads a symbol table.
///
/// | ELF64 | ELF32 | Field      | Meaning                                                  |
/// |------:|------:|------------|----------------------------------------------------------|
/// |   0/4 |   0/4 | `st_name`  | offset in the section of strings                         |
/// |   4/1 |  12/1 | `st_info`  | binding in the high four bits, type in the low ones      |
/// |   5/1 |  13/1 | `st_other` | not needed                                               |
/// |   6/2 |  14/2 | `st_shndx` | its section                                              |
/// |   8/8 |   4/4 | `st_value` | address, or offset in its section                        |
/// |  16/8 |   8/4 | `st_size`  | bytes, 0 where unknown                                   |
final class SymbolReader {

    private final SectionCursor table;
    private final SectionCursor names;
    private final boolean wide;
    private final long count;

    private SymbolReader(SectionCursor table, SectionCursor names, boolean wide) {
        this.table = table;
        this.names = names;
        this.wide = wide;
        this.count = table.size() / entryBytes();
    }

    static SymbolReader open(ElfObject object, ElfSection section) throws DumpException {
        if (section.link() <= 0 || section.link() >= object.sections().size()) {
            throw new DumpException(object.name() + ": the strings of " + section.name() + " are in section "
                    + section.link() + ", of " + object.sections().size());
        }
        ElfSection strings = object.sections().get(section.link());
        return new SymbolReader(
                object.cursor(section, SectionCursor.LARGE_WINDOW),
                object.cursor(strings, SectionCursor.LARGE_WINDOW),
                object.wordBytes() == 8);
    }

    private int entryBytes() {
        return wide ? 24 : 16;
    }

    void readAll(ElfSymbolVisitor visitor) {
        for (long i = 0; i < count; i++) {
            table.seek(i * entryBytes());
            long name = table.u32();
            long value = wide ? 0 : table.u32();
            long bytes = wide ? 0 : table.u32();
            int info = table.u8();
            table.skip(1);
            int section = table.u16();
            if (wide) {
                value = table.i64();
                bytes = table.i64();
            }
            visitor.symbol(names.seek(name).string(), value, bytes, info & 0xf, info >> 4, section);
        }
    }
}

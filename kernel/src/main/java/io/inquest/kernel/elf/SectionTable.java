package io.inquest.kernel.elf;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the section headers of an ELF object.
final class SectionTable {

    /// `e_shnum` and `e_shstrndx` when the true values are in section header 0.
    private static final int IN_SECTION_0 = 0xffff;

    private static final int LONGEST_NAME_SECTION = 16 << 20;

    private static final long MOST_BYTES = 1 << 30;

    private final ByteSource file;
    private final ElfHeader header;
    private final boolean wide;
    private final int entryBytes;

    private SectionTable(ByteSource file, ElfHeader header) {
        this.file = file;
        this.header = header;
        this.wide = header.wordBytes() == 8;
        this.entryBytes = wide ? 64 : 40;
    }

    /// All sections in their order; none for an object without section headers.
    static List<ElfSection> read(ByteSource file, ElfHeader header) throws IOException {
        return header.sectionHeadersAt() == 0 ? List.of() : new SectionTable(file, header).sections();
    }

    private List<ElfSection> sections() throws IOException {
        if (header.sectionHeaderStride() != entryBytes) {
            throw new DumpException(
                    file.name() + ": e_shentsize is " + header.sectionHeaderStride() + ", expected " + entryBytes);
        }
        ElfSection first = section(0, ElfHeader.bytes(file, header.sectionHeadersAt(), entryBytes), 0, "");
        long count = header.sectionHeaders() == 0 ? first.bytes() : header.sectionHeaders();
        long names = header.nameSection() == IN_SECTION_0 ? first.link() & 0xffff_ffffL : header.nameSection();
        if (count < 1 || count > Math.min(MOST_BYTES, file.size() - header.sectionHeadersAt()) / entryBytes) {
            throw new DumpException(file.name() + ": the " + Long.toUnsignedString(count) + " section headers at byte "
                    + header.sectionHeadersAt() + " do not fit in its " + file.size()
                    + " bytes; it is damaged or a cut copy, so copy it again");
        }
        ByteBuffer table = ElfHeader.bytes(file, header.sectionHeadersAt(), (int) count * entryBytes);
        byte[] nameBytes = names < count ? nameBytes(section(0, table, (int) names * entryBytes, "")) : new byte[0];
        List<ElfSection> sections = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            int at = i * entryBytes;
            sections.add(section(
                    i, table, at, name(nameBytes, table.order(header.order()).getInt(at))));
        }
        return List.copyOf(sections);
    }

    private ElfSection section(int index, ByteBuffer table, int at, String name) {
        ByteBuffer raw = table.slice(at, entryBytes).order(header.order());
        return new ElfSection(
                index,
                name,
                raw.getInt(4),
                word(raw, 8, 8),
                word(raw, 16, 12),
                word(raw, 24, 16),
                word(raw, 32, 20),
                raw.getInt(wide ? 40 : 24),
                raw.getInt(wide ? 44 : 28));
    }

    private long word(ByteBuffer raw, int atIn64, int atIn32) {
        return wide ? raw.getLong(atIn64) : raw.getInt(atIn32) & 0xffff_ffffL;
    }

    private byte[] nameBytes(ElfSection names) throws IOException {
        if (!names.hasBytes() || names.bytes() < 0 || names.bytes() > LONGEST_NAME_SECTION) {
            return new byte[0];
        }
        return ElfHeader.bytes(file, names.offset(), (int) names.bytes()).array();
    }

    private static String name(byte[] names, int start) {
        if (start < 0 || start >= names.length) {
            return "";
        }
        int end = start;
        while (end < names.length && names[end] != 0) {
            end++;
        }
        return new String(names, start, end - start, StandardCharsets.ISO_8859_1);
    }
}

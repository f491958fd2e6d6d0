package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;

/// An ELF object with sections: a vmlinux, a kernel module, a debug file (System V ABI).
///
/// Sections come in the order in which they are added, behind the null section; symbols, their strings and the
/// names of sections follow them.
public final class ElfObjectBuilder {

    private static final int PROGBITS = 1;
    private static final int SYMTAB = 2;
    private static final int STRTAB = 3;
    private static final int RELA = 4;
    private static final int NOTE = 7;
    private static final int NOBITS = 8;
    private static final long ALLOC = 2;
    private static final long COMPRESSED = 0x800;
    private static final int X86_64 = 62;

    private record Symbol(String name, long value, long size, int info, int section) {}

    private record Relocation(int target, long offset, int type, String symbol, long addend) {}

    private final int type;
    private final boolean wide;
    private final ByteOrder order;
    private final List<Section> sections = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<Relocation> relocations = new ArrayList<>();

    private ElfObjectBuilder(int type, boolean wide, ByteOrder order) {
        this.type = type;
        this.wide = wide;
        this.order = order;
        sections.add(new Section("", 0, 0, 0, new byte[0], 0, 0, 0));
        symbols.add(new Symbol("", 0, 0, 0, 0));
    }

    /// A vmlinux of x86-64.
    public static ElfObjectBuilder executable() {
        return new ElfObjectBuilder(2, true, ByteOrder.LITTLE_ENDIAN);
    }

    /// A kernel module of x86-64.
    public static ElfObjectBuilder relocatable() {
        return new ElfObjectBuilder(1, true, ByteOrder.LITTLE_ENDIAN);
    }

    /// An executable of 32 bits, in any byte order.
    public static ElfObjectBuilder executable32(ByteOrder order) {
        return new ElfObjectBuilder(2, false, order);
    }

    /// An executable of 64 bits in big-endian byte order.
    public static ElfObjectBuilder bigEndian() {
        return new ElfObjectBuilder(2, true, ByteOrder.BIG_ENDIAN);
    }

    /// A section that is not in memory, such as one of debug information.
    public ElfObjectBuilder section(String name, byte[] bytes) {
        return add(name, PROGBITS, 0, 0, bytes, bytes.length);
    }

    /// A section that is in memory at an address.
    public ElfObjectBuilder loaded(String name, long address, byte[] bytes) {
        return add(name, PROGBITS, ALLOC, address, bytes, bytes.length);
    }

    /// A section whose bytes were left out, as `objcopy --only-keep-debug` does.
    public ElfObjectBuilder leftOut(String name, long address, long size) {
        return add(name, NOBITS, ALLOC, address, new byte[0], size);
    }

    /// A section compressed with zlib (`SHF_COMPRESSED`).
    public ElfObjectBuilder compressed(String name, byte[] bytes) {
        return compressed(name, 1, bytes.length, deflated(bytes));
    }

    /// A compressed section of any method, claimed size and compressed bytes.
    public ElfObjectBuilder compressed(String name, int method, long size, byte[] packed) {
        ByteBuffer header =
                ByteBuffer.allocate((wide ? 24 : 12) + packed.length).order(order);
        header.putInt(method);
        if (wide) {
            header.putInt(0).putLong(size).putLong(1);
        } else {
            header.putInt((int) size).putInt(1);
        }
        header.put(packed);
        return add(name, PROGBITS, COMPRESSED, 0, header.array(), header.capacity());
    }

    /// A section compressed in the older way; `name` is `.zdebug_` and more.
    public ElfObjectBuilder zdebug(String name, byte[] bytes) {
        byte[] packed = deflated(bytes);
        ByteBuffer all = ByteBuffer.allocate(12 + packed.length);
        all.put("ZLIB".getBytes(StandardCharsets.ISO_8859_1))
                .putLong(bytes.length)
                .put(packed);
        return section(name, all.array());
    }

    /// `.note.gnu.build-id`, behind a note of another kind.
    public ElfObjectBuilder buildId(String hexadecimal) {
        ByteArrayOutputStream notes = new ByteArrayOutputStream();
        notes.writeBytes(NoteBytes.of(order, "Xen", 6, new byte[] {1, 2, 3, 4, 5}));
        notes.writeBytes(NoteBytes.of(order, "GNU", 3, HexFormat.of().parseHex(hexadecimal)));
        return add(".notes", NOTE, ALLOC, 0, notes.toByteArray(), notes.size());
    }

    /// A symbol in a section added before, `""` for an undefined one. `info` is binding and type, such as 0x12
    /// for a global function.
    public ElfObjectBuilder symbol(String name, String section, long value, long size, int info) {
        symbols.add(new Symbol(name, value, size, info, section.isEmpty() ? 0 : indexOf(section)));
        return this;
    }

    /// A relocation with addend of the bytes at `offset` of a section; `symbol` is one added before.
    public ElfObjectBuilder relocation(String section, long offset, int relocationType, String symbol, long addend) {
        relocations.add(new Relocation(indexOf(section), offset, relocationType, symbol, addend));
        return this;
    }

    private ElfObjectBuilder add(String name, int sectionType, long flags, long address, byte[] bytes, long size) {
        sections.add(new Section(name, sectionType, flags, address, bytes, size, 0, 0));
        return this;
    }

    private int indexOf(String name) {
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).name.equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no section " + name);
    }

    private static byte[] deflated(byte[] bytes) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] packed = new byte[bytes.length + 64];
            int length = deflater.deflate(packed);
            return Arrays.copyOf(packed, length);
        }
    }

    /// The whole file.
    public byte[] build() {
        List<Section> all = new ArrayList<>(sections);
        int symbolTable = all.size();
        Strings strings = new Strings();
        byte[] table = symbolTable(strings);
        all.add(new Section(".symtab", SYMTAB, 0, 0, table, table.length, symbolTable + 1, 1));
        byte[] text = strings.bytes();
        all.add(new Section(".strtab", STRTAB, 0, 0, text, text.length, 0, 0));
        for (int target = 0; target < sections.size(); target++) {
            byte[] entries = relocations(target);
            if (entries.length > 0) {
                String name = ".rela" + sections.get(target).name;
                all.add(new Section(name, RELA, 0, 0, entries, entries.length, symbolTable, target));
            }
        }
        Strings names = new Strings();
        int[] nameAts = new int[all.size() + 1];
        for (int i = 0; i < all.size(); i++) {
            nameAts[i] = names.add(all.get(i).name);
        }
        nameAts[all.size()] = names.add(".shstrtab");
        byte[] nameBytes = names.bytes();
        all.add(new Section(".shstrtab", STRTAB, 0, 0, nameBytes, nameBytes.length, 0, 0));
        return file(all, nameAts);
    }

    private byte[] symbolTable(Strings strings) {
        ByteBuffer table =
                ByteBuffer.allocate(symbols.size() * (wide ? 24 : 16)).order(order);
        for (Symbol symbol : symbols) {
            table.putInt(strings.add(symbol.name));
            if (!wide) {
                table.putInt((int) symbol.value).putInt((int) symbol.size);
            }
            table.put((byte) symbol.info).put((byte) 0).putShort((short) symbol.section);
            if (wide) {
                table.putLong(symbol.value).putLong(symbol.size);
            }
        }
        return table.array();
    }

    private byte[] relocations(int target) {
        List<Relocation> own =
                relocations.stream().filter(each -> each.target == target).toList();
        ByteBuffer table = ByteBuffer.allocate(24 * own.size()).order(order);
        for (Relocation relocation : own) {
            int symbol = 0;
            while (!symbols.get(symbol).name.equals(relocation.symbol)) {
                symbol++;
            }
            table.putLong(relocation.offset)
                    .putInt(relocation.type)
                    .putInt(symbol)
                    .putLong(relocation.addend);
        }
        return table.array();
    }

    private byte[] file(List<Section> all, int[] nameAts) {
        int headerBytes = wide ? 64 : 52;
        int entryBytes = wide ? 64 : 40;
        int contents = all.stream().mapToInt(each -> each.bytes.length).sum();
        int tableAt = (headerBytes + contents + 7) & -8;
        ByteBuffer out = ByteBuffer.allocate(tableAt + entryBytes * all.size()).order(order);
        out.put(new byte[] {
            0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2), 1
        });
        out.position(16);
        out.putShort((short) type).putShort((short) X86_64).putInt(1);
        word(out, 0);
        word(out, 0);
        word(out, tableAt);
        out.putInt(0).putShort((short) headerBytes).putShort((short) 0).putShort((short) 0);
        out.putShort((short) entryBytes).putShort((short) all.size()).putShort((short) (all.size() - 1));
        int at = headerBytes;
        for (int i = 0; i < all.size(); i++) {
            Section section = all.get(i);
            out.put(at, section.bytes);
            out.position(tableAt + entryBytes * i);
            out.putInt(nameAts[i]).putInt(section.type);
            word(out, section.flags);
            word(out, section.address);
            word(out, i == 0 ? 0 : at);
            word(out, section.size);
            out.putInt(section.link).putInt(section.info);
            word(out, 1);
            word(out, 0);
            at += section.bytes.length;
        }
        return out.array();
    }

    private void word(ByteBuffer out, long value) {
        if (wide) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
    }

    /// A section of strings, which begins with an empty one.
    private static final class Strings {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Strings() {
            bytes.write(0);
        }

        int add(String text) {
            if (text.isEmpty()) {
                return 0;
            }
            int at = bytes.size();
            bytes.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
            return at;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    private static final class Section {

        private final String name;
        private final int type;
        private final long flags;
        private final long address;
        private final byte[] bytes;
        private final long size;
        private final int link;
        private final int info;

        Section(String name, int type, long flags, long address, byte[] bytes, long size, int link, int info) {
            this.name = name;
            this.type = type;
            this.flags = flags;
            this.address = address;
            this.bytes = bytes;
            this.size = size;
            this.link = link;
            this.info = info;
        }
    }
}

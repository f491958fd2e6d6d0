package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Debug information in DWARF, entry by entry and value by value, each in the form that the test wants.
///
/// Tags, attributes and forms are the numbers of the DWARF 5 specification. Little endian.
public final class DwarfBuilder {

    /// What references are written as while offsets are not known; the same number of bytes.
    private static final long LATER = 0;

    private final int version;
    private final boolean dwarf64;
    private final List<Unit> units = new ArrayList<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stringOffsets = new ByteArrayOutputStream();
    private final Map<String, Integer> stringIndexes = new LinkedHashMap<>();

    private DwarfBuilder(int version, boolean dwarf64) {
        this.version = version;
        this.dwarf64 = dwarf64;
    }

    public static DwarfBuilder version(int version) {
        return new DwarfBuilder(version, false);
    }

    /// 64-bit DWARF: offsets of 8 bytes.
    public static DwarfBuilder version64(int version) {
        return new DwarfBuilder(version, true);
    }

    /// Begins a compile unit in C; answers its entry.
    public Entry unit(String file) {
        return unit(1, 0x11, 0, file);
    }

    /// Begins a compile unit in another language (DWARF 5, section 7.12).
    public Entry unitIn(int language, String file) {
        Entry root = new Entry(0x11).string(0x03, file).data1(0x13, language);
        units.add(new Unit(1, 0, root));
        return root;
    }

    /// Begins a type unit of a signature; its first child must be the type.
    public Entry typeUnit(long signature) {
        return unit(2, 0x41, signature, "");
    }

    /// Begins a skeleton unit (DWARF 5) of an id.
    public Entry skeleton(long id) {
        return unit(4, 0x4a, id, "");
    }

    /// Begins a split compile unit (DWARF 5) of an id.
    public Entry splitUnit(long id, String file) {
        return unit(5, 0x11, id, file);
    }

    /// Begins a partial unit.
    public Entry partialUnit() {
        return unit(3, 0x3c, 0, "");
    }

    private Entry unit(int kind, int tag, long id, String file) {
        Entry root = new Entry(tag);
        if (!file.isEmpty()) {
            root.string(0x03, file);
        }
        root.data1(0x13, 0x1d);
        units.add(new Unit(kind, id, root));
        return root;
    }

    /// Offset in `.debug_str` of a string, added if it is new.
    private long stringAt(String text) {
        int at = strings.size();
        Integer known = stringIndexes.get("@" + text);
        if (known != null) {
            return known;
        }
        stringIndexes.put("@" + text, at);
        strings.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
        return at;
    }

    /// Index in `.debug_str_offsets` of a string.
    private long stringIndex(String text) {
        int offsetBytes = dwarf64 ? 8 : 4;
        int index = stringOffsets.size() / offsetBytes;
        number(stringOffsets, stringAt(text), offsetBytes);
        return index;
    }

    /// The sections by name.
    public Map<String, byte[]> sections() {
        layOut(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        strings.reset();
        stringOffsets.reset();
        stringIndexes.clear();
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        ByteArrayOutputStream abbreviations = new ByteArrayOutputStream();
        layOut(info, abbreviations);
        Map<String, byte[]> sections = new LinkedHashMap<>();
        sections.put(".debug_info", info.toByteArray());
        sections.put(".debug_abbrev", abbreviations.toByteArray());
        sections.put(".debug_str", strings.toByteArray());
        if (stringOffsets.size() > 0) {
            sections.put(".debug_str_offsets", stringOffsets.toByteArray());
        }
        return sections;
    }

    /// Adds the sections to an object.
    public ElfObjectBuilder addTo(ElfObjectBuilder object) {
        sections().forEach(object::section);
        return object;
    }

    private void layOut(ByteArrayOutputStream info, ByteArrayOutputStream abbreviations) {
        for (Unit unit : units) {
            int abbreviationsAt = abbreviations.size();
            ByteArrayOutputStream entries = new ByteArrayOutputStream();
            unit.start = info.size();
            int headerBytes = headerBytes(unit);
            unit.root.layOut(this, unit, entries, unit.start + headerBytes, abbreviations, new int[] {0});
            abbreviations.write(0);
            header(info, unit, abbreviationsAt, headerBytes + entries.size());
            info.writeBytes(entries.toByteArray());
        }
    }

    private int headerBytes(Unit unit) {
        int offsetBytes = dwarf64 ? 8 : 4;
        int bytes = (dwarf64 ? 12 : 4) + 2 + offsetBytes + 1;
        if (version >= 5) {
            bytes += 1;
            if (unit.kind >= 4 || unit.kind == 2) {
                bytes += 8;
            }
            if (unit.kind == 2) {
                bytes += offsetBytes;
            }
        }
        return bytes;
    }

    private void header(ByteArrayOutputStream info, Unit unit, int abbreviationsAt, int bytes) {
        int offsetBytes = dwarf64 ? 8 : 4;
        if (dwarf64) {
            number(info, 0xffff_ffffL, 4);
        }
        number(info, bytes - (dwarf64 ? 12 : 4), offsetBytes);
        number(info, version, 2);
        if (version >= 5) {
            info.write(unit.kind);
            info.write(8);
        }
        number(info, abbreviationsAt, offsetBytes);
        if (version < 5) {
            info.write(8);
            return;
        }
        if (unit.kind >= 4 || unit.kind == 2) {
            number(info, unit.id, 8);
        }
        if (unit.kind == 2) {
            long type = unit.root.children.isEmpty() ? 0 : unit.root.children.getFirst().offset - unit.start;
            number(info, type, offsetBytes);
        }
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (Byte.SIZE * i)));
        }
    }

    private static void uleb(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (Long.compareUnsigned(rest, 0x80) >= 0) {
            out.write(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void sleb(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            out.write(((int) rest & 0x7f) | 0x80);
            rest >>= 7;
        }
        out.write((int) rest & 0x7f);
    }

    private static final class Unit {

        private final int kind;
        private final long id;
        private final Entry root;
        private int start;

        Unit(int kind, long id, Entry root) {
            this.kind = kind;
            this.id = id;
            this.root = root;
        }
    }

    private record Value(int attribute, int form, Object value) {}

    /// One entry. Each method adds one value and answers the entry itself.
    public static final class Entry {

        private final int tag;
        private final List<Value> values = new ArrayList<>();
        private final List<Entry> children = new ArrayList<>();
        private boolean hasSibling;
        private int offset;
        private int end;

        private Entry(int tag) {
            this.tag = tag;
        }

        /// Adds an entry below this one and answers it.
        public Entry child(int childTag) {
            Entry child = new Entry(childTag);
            children.add(child);
            return child;
        }

        /// Where it is in `.debug_info`, once the sections were made.
        public int offset() {
            return offset;
        }

        /// A value in any form: a number, a text, bytes, or an [Entry] that it refers to.
        public Entry value(int attribute, int form, Object value) {
            values.add(new Value(attribute, form, value));
            return this;
        }

        /// A name in `.debug_str`.
        public Entry name(String text) {
            return value(0x03, 0x0e, text);
        }

        /// A text among the entries.
        public Entry string(int attribute, String text) {
            return value(attribute, 0x08, text);
        }

        public Entry data1(int attribute, long number) {
            return value(attribute, 0x0b, number);
        }

        public Entry data4(int attribute, long number) {
            return value(attribute, 0x06, number);
        }

        public Entry address(int attribute, long address) {
            return value(attribute, 0x01, address);
        }

        public Entry expression(int attribute, int... bytes) {
            byte[] block = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                block[i] = (byte) bytes[i];
            }
            return value(attribute, 0x18, block);
        }

        public Entry flag(int attribute) {
            return value(attribute, 0x19, 1L);
        }

        /// The type of this entry.
        public Entry type(Entry type) {
            return value(0x49, 0x13, type);
        }

        /// A reference to its next sibling.
        public Entry sibling() {
            hasSibling = true;
            return this;
        }

        private void layOut(
                DwarfBuilder builder,
                Unit unit,
                ByteArrayOutputStream out,
                int base,
                ByteArrayOutputStream abbreviations,
                int[] codes) {
            int code = ++codes[0];
            abbreviation(abbreviations, code);
            offset = base + out.size();
            uleb(out, code);
            if (hasSibling) {
                number(out, end == 0 ? LATER : end - unit.start, 4);
            }
            for (Value value : values) {
                write(builder, unit, out, value);
            }
            if (!children.isEmpty()) {
                for (Entry child : children) {
                    child.layOut(builder, unit, out, base, abbreviations, codes);
                }
                out.write(0);
            }
            end = base + out.size();
        }

        private void abbreviation(ByteArrayOutputStream out, int code) {
            uleb(out, code);
            uleb(out, tag);
            out.write(children.isEmpty() ? 0 : 1);
            if (hasSibling) {
                uleb(out, 0x01);
                uleb(out, 0x13);
            }
            for (Value value : values) {
                uleb(out, value.attribute);
                uleb(out, value.form);
                if (value.form == 0x21) {
                    sleb(out, (Long) value.value);
                }
            }
            out.write(0);
            out.write(0);
        }

        private static void write(DwarfBuilder builder, Unit unit, ByteArrayOutputStream out, Value value) {
            int offsetBytes = builder.dwarf64 ? 8 : 4;
            switch (value.form) {
                case 0x08 -> out.writeBytes((value.value + "\0").getBytes(StandardCharsets.UTF_8));
                case 0x0e -> number(out, builder.stringAt((String) value.value), offsetBytes);
                case 0x1a -> uleb(out, builder.stringIndex((String) value.value));
                case 0x25 -> out.write((int) builder.stringIndex((String) value.value));
                case 0x0f -> uleb(out, numberOf(value, unit));
                case 0x0d -> sleb(out, numberOf(value, unit));
                case 0x19, 0x21 -> {
                    // The abbreviation says it all.
                }
                case 0x18, 0x09 -> {
                    uleb(out, ((byte[]) value.value).length);
                    out.writeBytes((byte[]) value.value);
                }
                case 0x0a -> {
                    out.write(((byte[]) value.value).length);
                    out.writeBytes((byte[]) value.value);
                }
                case 0x0b, 0x0c, 0x11 -> number(out, numberOf(value, unit), 1);
                case 0x05, 0x12 -> number(out, numberOf(value, unit), 2);
                case 0x06, 0x13 -> number(out, numberOf(value, unit), 4);
                case 0x01, 0x07, 0x14, 0x20 -> number(out, numberOf(value, unit), 8);
                case 0x10 -> number(out, ((Entry) value.value).offset, offsetBytes);
                case 0x17, 0x1f, 0x1f20, 0x1f21 -> number(out, (Long) value.value, offsetBytes);
                default -> throw new IllegalArgumentException("form " + value.form);
            }
        }

        private static long numberOf(Value value, Unit unit) {
            return value.value instanceof Entry entry ? entry.offset - unit.start : ((Number) value.value).longValue();
        }
    }
}

package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A BTF section, written from `include/uapi/linux/btf.h` record by record.
///
/// Each method that adds a type returns its id.
///
/// ```java
/// BtfBuilder btf = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
/// int number = btf.integer("int", 4, BtfBuilder.SIGNED);
/// btf.struct("pair", 8, btf.member("a", number, 0), btf.member("b", number, 32));
/// byte[] section = btf.build();
/// ```
public final class BtfBuilder {

    /// Encodings of an INT.
    public static final int SIGNED = 1;

    public static final int CHAR = 2;
    public static final int BOOL = 4;

    /// A member, or an element of another kind: three words.
    public record Member(int name, int type, int offset) {}

    /// A variable in a DATASEC.
    public record Place(int variable, int offset, int bytes) {}

    private final ByteOrder order;
    private final int firstId;
    private final int firstString;
    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final ByteArrayOutputStream stringBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream types = new ByteArrayOutputStream();
    private int count;
    private byte[] layout = {};
    private int headerBytes = 24;

    public BtfBuilder(ByteOrder order) {
        this(order, 1, 0);
        string("");
    }

    private BtfBuilder(ByteOrder order, int firstId, int firstString) {
        this.order = order;
        this.firstId = firstId;
        this.firstString = firstString;
    }

    /// A section that goes on where this one ends now, as a module's does.
    public BtfBuilder split() {
        BtfBuilder split = new BtfBuilder(order, firstId + count, firstString + stringBytes.size());
        split.strings.putAll(strings);
        return split;
    }

    /// A header of `bytes` instead of 24.
    public BtfBuilder header(int bytes) {
        headerBytes = bytes;
        return this;
    }

    /// A table of kinds: for each from 0 on the bytes behind the record and those of an element.
    public BtfBuilder layout(int... fixedAndElement) {
        layout = new byte[fixedAndElement.length * 2];
        for (int i = 0; i < fixedAndElement.length; i++) {
            layout[i / 2 * 4 + i % 2] = (byte) fixedAndElement[i];
        }
        headerBytes = Math.max(headerBytes, 32);
        return this;
    }

    /// The offset of a string, added if it is new.
    public int string(String text) {
        return strings.computeIfAbsent(text, added -> {
            int at = firstString + stringBytes.size();
            stringBytes.writeBytes((added + "\0").getBytes(StandardCharsets.ISO_8859_1));
            return at;
        });
    }

    /// A record as it is: its common part and the words behind.
    public int record(String name, int kind, boolean flag, int vlen, int sizeOrType, int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(12 + 4 * words.length).order(order);
        bytes.putInt(string(name))
                .putInt((flag ? 1 << 31 : 0) | kind << 24 | vlen)
                .putInt(sizeOrType);
        for (int word : words) {
            bytes.putInt(word);
        }
        types.writeBytes(bytes.array());
        return firstId + count++;
    }

    public int integer(String name, int bytes, int encoding) {
        return record(name, 1, false, 0, bytes, encoding << 24 | bytes * 8);
    }

    /// An INT of fewer bits than its bytes have: a bit field of kernels before 5.0.
    public int narrowInteger(String name, int bytes, int encoding, int bitOffset, int bits) {
        return record(name, 1, false, 0, bytes, encoding << 24 | bitOffset << 16 | bits);
    }

    public int pointer(int type) {
        return record("", 2, false, 0, type);
    }

    public int array(int element, int length) {
        return record("", 3, false, 0, 0, element, element, length);
    }

    public Member member(String name, int type, int bitOffset) {
        return new Member(string(name), type, bitOffset);
    }

    /// A bit field in a struct with the kind flag.
    public Member bitField(String name, int type, int bitOffset, int bits) {
        return new Member(string(name), type, bits << 24 | bitOffset);
    }

    public int struct(String tag, int bytes, Member... members) {
        return record(tag, 4, false, members.length, bytes, words(members));
    }

    /// A struct whose kind flag says that offsets have the width of a bit field with them.
    public int flaggedStruct(String tag, int bytes, Member... members) {
        return record(tag, 4, true, members.length, bytes, words(members));
    }

    public int union(String tag, int bytes, Member... members) {
        return record(tag, 5, false, members.length, bytes, words(members));
    }

    private static int[] words(Member... members) {
        int[] words = new int[3 * members.length];
        for (int i = 0; i < members.length; i++) {
            words[3 * i] = members[i].name();
            words[3 * i + 1] = members[i].type();
            words[3 * i + 2] = members[i].offset();
        }
        return words;
    }

    /// An enumeration of 4 bytes with the values 0, 1, … of the given names from `first` on.
    public int enumeration(String tag, boolean signed, int first, String... names) {
        int[] words = new int[2 * names.length];
        for (int i = 0; i < names.length; i++) {
            words[2 * i] = string(names[i]);
            words[2 * i + 1] = first + i;
        }
        return record(tag, 6, signed, names.length, 4, words);
    }

    /// An enumeration of 8 bytes with one name.
    public int longEnumeration(String tag, boolean signed, String name, long value) {
        return record(tag, 19, signed, 1, 8, string(name), (int) value, (int) (value >>> 32));
    }

    public int declaredStruct(String tag) {
        return record(tag, 7, false, 0, 0);
    }

    public int declaredUnion(String tag) {
        return record(tag, 7, true, 0, 0);
    }

    public int typedef(String alias, int type) {
        return record(alias, 8, false, 0, type);
    }

    public int volatileType(int type) {
        return record("", 9, false, 0, type);
    }

    public int constType(int type) {
        return record("", 10, false, 0, type);
    }

    public int restrictType(int type) {
        return record("", 11, false, 0, type);
    }

    public int function(String name, int prototype) {
        return record(name, 12, false, 1, prototype);
    }

    /// `parameters` are name offsets and types in turn; both 0 for `...`.
    public int prototype(int result, int... parameters) {
        return record("", 13, false, parameters.length / 2, result, parameters);
    }

    public int variable(String name, int type) {
        return record(name, 14, false, 0, type, 1);
    }

    public int section(String name, Place... places) {
        int[] words = new int[3 * places.length];
        for (int i = 0; i < places.length; i++) {
            words[3 * i] = places[i].variable();
            words[3 * i + 1] = places[i].offset();
            words[3 * i + 2] = places[i].bytes();
        }
        return record(name, 15, false, places.length, 0, words);
    }

    public int floating(String name, int bytes) {
        return record(name, 16, false, 0, bytes);
    }

    public int declarationTag(String text, int type, int component) {
        return record(text, 17, false, 0, type, component);
    }

    public int typeTag(String text, int type) {
        return record(text, 18, false, 0, type);
    }

    /// The section: header, types, strings, and the table of kinds if there is one.
    public byte[] build() {
        int typeBytes = types.size();
        int stringLength = stringBytes.size();
        int end = typeBytes + stringLength;
        int layoutAt = layout.length == 0 ? end : (end + 3) & ~3;
        ByteBuffer section =
                ByteBuffer.allocate(headerBytes + layoutAt + layout.length).order(order);
        section.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(headerBytes);
        section.putInt(0).putInt(typeBytes).putInt(typeBytes).putInt(stringLength);
        if (headerBytes >= 32) {
            section.putInt(layoutAt).putInt(layout.length);
        }
        section.position(headerBytes).put(types.toByteArray()).put(stringBytes.toByteArray());
        section.position(headerBytes + layoutAt).put(layout);
        return section.array();
    }
}

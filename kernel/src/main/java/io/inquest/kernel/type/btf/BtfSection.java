package io.inquest.kernel.type.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of one BTF section: words of its records, and its strings.
///
/// Kept as one array and read by hand: this is the first thing a cold program reads a million of.
/// Offsets that lie outside give 0 or an empty string, which nothing in a whole section does.
final class BtfSection {

    private final byte[] bytes;
    private final boolean littleEndian;
    private final BtfHeader header;
    private final int typesEnd;
    private final int stringsEnd;

    private BtfSection(byte[] bytes, boolean littleEndian, BtfHeader header) {
        this.bytes = bytes;
        this.littleEndian = littleEndian;
        this.header = header;
        this.typesEnd = Math.min(header.typesAt() + header.typeBytes(), bytes.length);
        this.stringsEnd = Math.min(header.stringsAt() + header.stringBytes(), bytes.length);
    }

    /// Checks the header; a section that is cut keeps what is there. The bytes are kept, and cleared where they are
    /// damaged.
    static BtfSection of(byte[] bytes, ByteOrder order) throws MalformedBtf {
        BtfHeader header = BtfHeader.parse(ByteBuffer.wrap(bytes).order(order));
        return new BtfSection(bytes, order == ByteOrder.LITTLE_ENDIAN, header);
    }

    BtfHeader header() {
        return header;
    }

    int typesAt() {
        return header.typesAt();
    }

    /// Where the types end in the bytes at hand.
    int typesEnd() {
        return typesEnd;
    }

    /// The u32 at an offset from the start of the section.
    int word(int at) {
        if (at < 0 || at > bytes.length - Integer.BYTES) {
            return 0;
        }
        return littleEndian
                ? (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24
                : bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    }

    /// The byte at an offset from the start of the section.
    int octet(int at) {
        return at < 0 || at >= bytes.length ? 0 : bytes[at] & 0xff;
    }

    /// Overwrites bytes with zeroes: a record of them is of kind 0, which is no type.
    void clear(int from, int to) {
        Arrays.fill(bytes, from, to, (byte) 0);
    }

    /// The string that begins at an offset into the strings.
    String string(int offset) {
        int start = stringAt(offset);
        int end = start;
        while (end < stringsEnd && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /// Whether names have bytes that are not ASCII text, as no name in C has.
    boolean hasStrangeStrings() {
        for (int at = header.stringsAt(); at < stringsEnd; at++) {
            if (bytes[at] != 0 && (bytes[at] < ' ' || bytes[at] > '~')) {
                return true;
            }
        }
        return false;
    }

    /// A hash of that string, the one that [#hash(byte\[\])] has for the same bytes.
    int hashAt(int offset) {
        int hash = 0;
        for (int at = stringAt(offset); at < stringsEnd && bytes[at] != 0; at++) {
            hash = hash * 31 + bytes[at];
        }
        return hash;
    }

    static int hash(byte[] name) {
        int hash = 0;
        for (byte each : name) {
            hash = hash * 31 + each;
        }
        return hash;
    }

    /// Whether the string at an offset into the strings is that name.
    boolean stringEquals(int offset, byte[] name) {
        int start = stringAt(offset);
        if (stringsEnd - start < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[start + i] != name[i]) {
                return false;
            }
        }
        int end = start + name.length;
        return end == stringsEnd || bytes[end] == 0;
    }

    private int stringAt(int offset) {
        int most = Math.max(stringsEnd - header.stringsAt(), 0);
        return offset < 0 || offset >= most ? stringsEnd : header.stringsAt() + offset;
    }
}

package io.inquest.kernel.type.btf;

import java.nio.ByteBuffer;

/// The header of a BTF section, in the byte order of the machine (`include/uapi/linux/btf.h`).
///
/// | Offset | Size | Field        | Meaning                                                             |
/// |-------:|-----:|--------------|---------------------------------------------------------------------|
/// |      0 |    2 | `magic`      | 0xeb9f                                                              |
/// |      2 |    1 | `version`    | 1                                                                   |
/// |      3 |    1 | `flags`      | 0                                                                   |
/// |      4 |    4 | `hdr_len`    | bytes of this header, at least 24                                   |
/// |      8 |    4 | `type_off`   | where the types begin; this and the other offsets from the header's end |
/// |     12 |    4 | `type_len`   | their bytes                                                         |
/// |     16 |    4 | `str_off`    | where the strings begin                                             |
/// |     20 |    4 | `str_len`    | their bytes                                                         |
/// |     24 |    4 | `layout_off` | where the table of kinds begins; only if `hdr_len` covers it (7.1)  |
/// |     28 |    4 | `layout_len` | its bytes                                                           |
///
/// @param typesAt offset of the types from the start of the section, as the other offsets here
public record BtfHeader(int typesAt, int typeBytes, int stringsAt, int stringBytes, int layoutAt, int layoutBytes) {

    /// Bytes of the header that every kernel writes.
    public static final int SHORTEST = 24;

    /// Bytes of the longest header that is understood; what is behind is not looked at.
    public static final int LONGEST = 32;

    static final int MAGIC = 0xeb9f;

    /// Far more than any kernel has: an allmodconfig vmlinux has some 20 MB.
    static final int LARGEST_SECTION = 1 << 28;

    /// Reads a header of up to [#LONGEST] bytes in the buffer's byte order.
    ///
    /// Throws a [MalformedBtf] when it is none, or says what cannot be.
    public static BtfHeader parse(ByteBuffer start) throws MalformedBtf {
        int at = start.position();
        if (start.remaining() < SHORTEST) {
            throw new MalformedBtf("the section has " + start.remaining() + " bytes, a header has " + SHORTEST);
        }
        int magic = start.getShort(at) & 0xffff;
        if (magic != MAGIC) {
            throw new MalformedBtf("it begins with 0x" + Integer.toHexString(magic) + ", expected 0xeb9f");
        }
        int version = start.get(at + 2) & 0xff;
        if (version != 1) {
            throw new MalformedBtf("it has version " + version + ", known is 1");
        }
        int headerBytes = size("hdr_len", start.getInt(at + 4));
        if (headerBytes < SHORTEST) {
            throw new MalformedBtf("hdr_len is " + headerBytes + ", expected at least " + SHORTEST);
        }
        boolean hasLayout = headerBytes >= LONGEST && start.remaining() >= LONGEST;
        return new BtfHeader(
                headerBytes + size("type_off", start.getInt(at + 8)),
                size("type_len", start.getInt(at + 12)),
                headerBytes + size("str_off", start.getInt(at + 16)),
                size("str_len", start.getInt(at + 20)),
                hasLayout ? headerBytes + size("layout_off", start.getInt(at + 24)) : 0,
                hasLayout ? size("layout_len", start.getInt(at + 28)) : 0);
    }

    private static int size(String field, int value) throws MalformedBtf {
        if (value < 0 || value > LARGEST_SECTION) {
            throw new MalformedBtf(field + " is " + Integer.toUnsignedString(value));
        }
        return value;
    }

    /// Bytes from the start of the section to the end of its last part.
    public int sectionBytes() {
        return Math.max(Math.max(typesAt + typeBytes, stringsAt + stringBytes), layoutAt + layoutBytes);
    }
}

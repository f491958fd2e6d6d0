package io.inquest.dump.format;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The bytes of one on-disk structure, all of them read, with its name and place, so that every complaint can point.
public final class RawStruct {

    private final ByteSource source;
    private final String name;
    private final long position;
    private final ByteBuffer bytes;

    private RawStruct(ByteSource source, String name, long position, ByteBuffer bytes) {
        this.source = source;
        this.name = name;
        this.position = position;
        this.bytes = bytes;
    }

    /// Reads `length` bytes at `position`; `name` is what messages call them, such as `ELF header`.
    public static RawStruct read(ByteSource source, String name, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            source.readFully(position, bytes);
        } catch (EOFException cut) {
            throw new DumpException(
                    source.name() + ": the file ends at byte "
                            + Math.max(0, Math.min(source.size(), position + bytes.position()))
                            + " inside the " + name + " (" + length + " bytes at " + position
                            + "); it is a cut copy, so copy or dump it again",
                    cut);
        }
        return new RawStruct(source, name, position, bytes.flip());
    }

    /// The same bytes read in another order.
    public RawStruct order(ByteOrder order) {
        return new RawStruct(source, name, position, bytes.duplicate().order(order));
    }

    /// A part of these bytes as a structure of its own.
    public RawStruct slice(String sliceName, int at, int length) {
        return new RawStruct(
                source, sliceName, position + at, bytes.slice(at, length).order(bytes.order()));
    }

    public ByteOrder order() {
        return bytes.order();
    }

    public int length() {
        return bytes.limit();
    }

    public int u8(int at) {
        return bytes.get(at) & 0xff;
    }

    public int u16(int at) {
        return bytes.getShort(at) & 0xffff;
    }

    public int i32(int at) {
        return bytes.getInt(at);
    }

    public long u32(int at) {
        return bytes.getInt(at) & 0xffff_ffffL;
    }

    public long i64(int at) {
        return bytes.getLong(at);
    }

    /// A C `unsigned long` of `wordBytes`.
    public long word(int at, int wordBytes) {
        return wordBytes == 8 ? i64(at) : u32(at);
    }

    /// A C `long` of `wordBytes`.
    public long signedWord(int at, int wordBytes) {
        return wordBytes == 8 ? i64(at) : i32(at);
    }

    /// A text of at most `length` bytes that ends before its first NUL.
    public String text(int at, int length) {
        int end = at;
        while (end < at + length && bytes.get(end) != 0) {
            end++;
        }
        return StandardCharsets.ISO_8859_1.decode(bytes.slice(at, end - at)).toString();
    }

    /// An unsigned 32-bit value that must lie in a range.
    public long u32Within(String field, int at, long least, long most) throws DumpException {
        long value = u32(at);
        if (value < least || value > most) {
            throw damaged(field, at, "is " + value + ", expected " + least + " to " + most);
        }
        return value;
    }

    /// What to throw when a field cannot be right.
    public DumpException damaged(String field, int at, String problem) {
        return new DumpException(source.name() + ": the " + name + "'s " + field + " (byte " + (position + at) + ") "
                + problem + "; the file is damaged");
    }
}

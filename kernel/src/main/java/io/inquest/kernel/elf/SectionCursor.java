package io.inquest.kernel.elf;

import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.Hex;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads numbers and strings of a section one after the other, through a window that moves over it.
///
/// Sections of a vmlinux have hundreds of megabytes, so no more than a window of one is ever in memory. Reading
/// outside the section throws a [SectionFault]. For one thread.
public final class SectionCursor {

    /// For look-ups here and there.
    public static final int SMALL_WINDOW = 4 << 10;

    /// For reading a section from its start to its end; fits the cache of one core.
    public static final int LARGE_WINDOW = 256 << 10;

    /// More than any name or path has; the zero byte of a damaged string may never come.
    private static final int LONGEST_STRING = 64 << 10;

    private final ByteSource section;
    private final boolean little;
    private final long size;
    private final byte[] window;

    /// Where in the section the window begins, where in the window the next byte is, and how much of it is filled.
    private long base;

    private int at;
    private int limit;

    public SectionCursor(ByteSource section, ByteOrder order, int windowBytes) {
        this.section = section;
        this.little = order == ByteOrder.LITTLE_ENDIAN;
        this.size = section.size();
        this.window = new byte[(int) Math.max(16, Math.min(windowBytes, size))];
    }

    public String name() {
        return section.name();
    }

    public long size() {
        return size;
    }

    /// Offset of the next byte from the start of the section.
    public long position() {
        return base + at;
    }

    public boolean hasRemaining() {
        return position() < size;
    }

    /// Goes to an offset of the section; `size()` is allowed.
    public SectionCursor seek(long offset) {
        if (offset < 0 || offset > size) {
            throw new SectionFault(name() + ": offset " + Hex.of(offset) + " is outside its " + size + " bytes");
        }
        long inWindow = offset - base;
        if (inWindow >= 0 && inWindow <= limit) {
            at = (int) inWindow;
        } else {
            base = offset;
            at = 0;
            limit = 0;
        }
        return this;
    }

    public void skip(long bytes) {
        long inWindow = at + bytes;
        if (bytes >= 0 && inWindow <= limit) {
            at = (int) inWindow;
        } else {
            seek(bytes < 0 ? -1 : position() + bytes);
        }
    }

    /// Reads ahead so that the next `bytes` bytes, or a window full of them, need no further read.
    public void prefetch(long bytes) {
        long wanted = Math.min(Math.min(bytes, window.length), size - position());
        if (limit - at < wanted) {
            fill((int) wanted);
        }
    }

    public int u8() {
        if (at == limit) {
            fill(1);
        }
        return window[at++] & 0xff;
    }

    public int u16() {
        need(2);
        int first = window[at] & 0xff;
        int second = window[at + 1] & 0xff;
        at += 2;
        return little ? first | second << 8 : first << 8 | second;
    }

    public long u32() {
        return i32() & 0xffff_ffffL;
    }

    public int i32() {
        need(4);
        byte[] bytes = window;
        int from = at;
        at = from + 4;
        int value = (bytes[from] & 0xff)
                | (bytes[from + 1] & 0xff) << 8
                | (bytes[from + 2] & 0xff) << 16
                | bytes[from + 3] << 24;
        return little ? value : Integer.reverseBytes(value);
    }

    public long i64() {
        long first = u32();
        long second = u32();
        return little ? first | second << 32 : first << 32 | second;
    }

    /// An unsigned number of 1, 2, 3, 4 or 8 bytes.
    public long unsigned(int bytes) {
        return switch (bytes) {
            case 1 -> u8();
            case 2 -> u16();
            case 3 -> little ? u16() | (long) u8() << 16 : (long) u8() << 16 | u16();
            case 4 -> u32();
            case 8 -> i64();
            default -> throw new SectionFault(name() + ": a number of " + bytes + " bytes at " + Hex.of(position()));
        };
    }

    /// An unsigned number in LEB128; bits above 64 are dropped.
    public long uleb() {
        int first = u8();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; ; shift += 7) {
            int next = u8();
            if (shift < Long.SIZE) {
                value |= (long) (next & 0x7f) << shift;
            }
            if (next < 0x80) {
                return value;
            }
        }
    }

    /// A signed number in LEB128.
    public long sleb() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            if (shift < Long.SIZE) {
                value |= (long) (next & 0x7f) << shift;
            }
            if (next < 0x80) {
                int bits = shift + 7;
                return (next & 0x40) != 0 && bits < Long.SIZE ? value | -1L << bits : value;
            }
        }
    }

    public void skipLeb() {
        while (u8() >= 0x80) {
            // Each byte but the last has its top bit set.
        }
    }

    /// The next bytes as they are.
    public byte[] bytes(int count) {
        if (count < 0 || count > size - position()) {
            throw new SectionFault(
                    name() + ": " + count + " bytes at " + Hex.of(position()) + " reach behind its " + size + " bytes");
        }
        byte[] copy = new byte[count];
        for (int done = 0; done < count; ) {
            if (at == limit) {
                fill(1);
            }
            int step = Math.min(count - done, limit - at);
            System.arraycopy(window, at, copy, done, step);
            done += step;
            at += step;
        }
        return copy;
    }

    /// A string up to its zero byte.
    public String string() {
        return new String(stringBytes(), StandardCharsets.UTF_8);
    }

    /// The bytes of a string without its zero byte.
    public byte[] stringBytes() {
        int end = endInWindow();
        if (end >= 0) {
            byte[] copy = Arrays.copyOfRange(window, at, end);
            at = end + 1;
            return copy;
        }
        long start = position();
        skipString();
        int length = (int) (position() - 1 - start);
        byte[] copy = seek(start).bytes(length);
        skip(1);
        return copy;
    }

    public void skipString() {
        long start = position();
        while (u8() != 0) {
            if (position() - start > LONGEST_STRING) {
                throw new SectionFault(name() + ": the string at " + Hex.of(start) + " has no end");
            }
        }
    }

    private int endInWindow() {
        for (int i = at; i < limit; i++) {
            if (window[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private void need(int bytes) {
        if (limit - at < bytes) {
            fill(bytes);
        }
    }

    private void fill(int bytes) {
        long from = position();
        if (bytes > size - from) {
            throw new SectionFault(name() + ": ends at " + Hex.of(size) + ", but " + bytes + " bytes at " + Hex.of(from)
                    + " are needed");
        }
        int count = (int) Math.min(window.length, size - from);
        base = from;
        at = 0;
        limit = 0;
        try {
            section.readFully(from, ByteBuffer.wrap(window, 0, count));
        } catch (EOFException cut) {
            throw new SectionFault(name() + ": the file ends inside it, near " + Hex.of(from), cut);
        } catch (IOException refused) {
            throw new SectionFault(
                    name() + ": cannot be read at " + Hex.of(from) + ": " + refused.getMessage(), refused);
        }
        limit = count;
    }
}

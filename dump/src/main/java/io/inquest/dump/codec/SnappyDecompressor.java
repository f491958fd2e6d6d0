package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.shortAt;

import java.util.Objects;

/// Reads raw snappy blocks, without snappy's framing (google/snappy, `format_description.txt`).
///
/// A block is its expanded length, in groups of 7 bits from the lowest, bit 7 set where another follows, and then
/// a row of elements:
///
/// | First byte | Behind it                                  | Meaning                                   |
/// |------------|--------------------------------------------|-------------------------------------------|
/// | `LLLLLL00` | L = 60 to 63: number of 1 to 4 bytes       | L + 1 literals, or that number + 1        |
/// | `DDDLLL01` | 1 byte                                     | copy L + 4 bytes from D << 8 + byte back  |
/// | `LLLLLL10` | 2 bytes                                    | copy L + 1 bytes from that far back       |
/// | `LLLLLL11` | 4 bytes                                    | copy L + 1 bytes from that far back       |
final class SnappyDecompressor implements BlockDecompressor {

    private byte[] source = new byte[0];
    private int sourceStart;
    private int sourceEnd;
    private int at;
    private byte[] target = source;
    private int targetStart;
    private int limit;
    private int to;

    @Override
    public Compression compression() {
        return Compression.SNAPPY;
    }

    @Override
    public int decompress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit)
            throws MalformedBlockException {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, targetLimit, target.length);
        this.source = source;
        this.sourceStart = sourceOffset;
        this.sourceEnd = sourceOffset + length;
        this.at = sourceOffset;
        this.target = target;
        this.targetStart = targetOffset;
        this.to = targetOffset;
        long expanded = expandedBytes();
        if (expanded > targetLimit) {
            throw damage("the length " + expanded + " where at most " + targetLimit + " bytes are expected");
        }
        this.limit = targetOffset + (int) expanded;
        expand();
        return to - targetOffset;
    }

    private long expandedBytes() throws MalformedBlockException {
        long bytes = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = next();
            bytes |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return bytes;
            }
        }
        throw damage("a length of more than 32 bits");
    }

    private void expand() throws MalformedBlockException {
        while (at < sourceEnd) {
            int first = source[at++] & 0xff;
            switch (first & 3) {
                case 0 -> copyLiterals(first < 240 ? (first >> 2) + 1 : number((first >> 2) - 59) + 1);
                case 1 -> copyMatch(((first >> 5) << 8) + next(), ((first >> 2) & 7) + 4);
                case 2 -> copyMatch(word(), (first >> 2) + 1);
                default -> copyMatch(number(4), (first >> 2) + 1);
            }
        }
        if (to != limit) {
            throw damage("the end of its bytes, with " + (limit - to) + " of the announced bytes missing");
        }
    }

    private int next() throws MalformedBlockException {
        if (at >= sourceEnd) {
            throw cut();
        }
        return source[at++] & 0xff;
    }

    private int word() throws MalformedBlockException {
        if (sourceEnd - at < 2) {
            throw cut();
        }
        int word = shortAt(source, at);
        at += 2;
        return word;
    }

    private long number(int bytes) throws MalformedBlockException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) next() << (8 * i);
        }
        return number;
    }

    private void copyMatch(long distance, int bytes) throws MalformedBlockException {
        if (distance == 0 || distance > to - targetStart) {
            throw damage("a copy from " + distance + " bytes back where " + (to - targetStart) + " are known");
        }
        if (bytes > limit - to) {
            throw damage("a copy of " + bytes + " bytes where " + (limit - to) + " are left of the block");
        }
        BlockCopy.match(target, (int) distance, to, bytes, limit);
        to += bytes;
    }

    private void copyLiterals(long literals) throws MalformedBlockException {
        if (literals > sourceEnd - at) {
            throw cut();
        }
        if (literals > limit - to) {
            throw damage(literals + " literals where " + (limit - to) + " bytes are left of the block");
        }
        BlockCopy.literals(source, at, sourceEnd, target, to, limit, (int) literals);
        at += (int) literals;
        to += (int) literals;
    }

    private MalformedBlockException cut() {
        return damage("the end of its bytes within an element");
    }

    private MalformedBlockException damage(String found) {
        return new MalformedBlockException("snappy block has, before its byte " + (at - sourceStart) + ", " + found);
    }

    @Override
    public void close() {}
}

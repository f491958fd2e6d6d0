package io.inquest.dump.codec;

import java.util.Objects;

/// Reads zstd frames (RFC 8878) that need no dictionary. One call is one whole frame.
///
/// | Bytes  | Field              | Meaning                                                              |
/// |--------|--------------------|----------------------------------------------------------------------|
/// | 4      | magic              | 0xFD2FB528                                                           |
/// | 1      | descriptor         | bits 0-1 dictionary id size, 2 checksum, 3 zero, 5 single segment,  |
/// |        |                    | 6-7 content size                                                     |
/// | 0, 1   | window             | absent in a single segment; not needed: the target is the window     |
/// | 0 to 4 | dictionary id      | refused unless 0                                                     |
/// | 0 to 8 | content size       | checked against what comes out                                       |
/// | 3 + n  | blocks             | bit 0 last, bits 1-2 kind, bits 3-23 size: raw, repeated byte, compressed |
/// | 0, 4   | checksum           | low half of XXH64 of the content                                     |
final class ZstdDecompressor implements BlockDecompressor {

    static final int MAGIC = 0xFD2FB528;
    static final int MOST_BLOCK_BYTES = 128 << 10;

    private static final int RAW = 0;
    private static final int REPEATED_BYTE = 1;
    private static final int COMPRESSED = 2;
    private static final long UNKNOWN = -1;

    private final ZstdInput input = new ZstdInput();
    private final ZstdOutput output = new ZstdOutput();
    private final ZstdLiterals literals = new ZstdLiterals();
    private final ZstdSequences sequences = new ZstdSequences();
    private boolean hasChecksum;

    @Override
    public Compression compression() {
        return Compression.ZSTD;
    }

    @Override
    public int decompress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit)
            throws MalformedBlockException {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, targetLimit, target.length);
        input.load(source, sourceOffset, length);
        output.begin(target, targetOffset, targetLimit);
        literals.begin();
        sequences.begin();
        long contentBytes = readHeader(targetLimit);
        boolean last;
        do {
            last = readBlock();
        } while (!last);
        checkContent(contentBytes);
        return output.produced();
    }

    private long readHeader(int targetLimit) throws MalformedBlockException {
        int magic = (int) input.number(4);
        if (magic != MAGIC) {
            throw input.damage("no magic number of a zstd frame");
        }
        int descriptor = input.next();
        boolean singleSegment = (descriptor & 0x20) != 0;
        hasChecksum = (descriptor & 4) != 0;
        if ((descriptor & 8) != 0) {
            throw input.damage("a reserved bit set in its header");
        }
        if (!singleSegment) {
            input.next();
        }
        readDictionary(descriptor & 3);
        long contentBytes = readContentBytes(descriptor >> 6, singleSegment);
        if (contentBytes != UNKNOWN && Long.compareUnsigned(contentBytes, targetLimit) > 0) {
            throw input.damage("a content size of " + Long.toUnsignedString(contentBytes) + " bytes where at most "
                    + targetLimit + " are expected");
        }
        return contentBytes;
    }

    private void readDictionary(int sizeCode) throws MalformedBlockException {
        if (sizeCode != 0 && input.number(sizeCode == 3 ? 4 : sizeCode) != 0) {
            throw input.damage("the name of a dictionary; pages are stored without one");
        }
    }

    private long readContentBytes(int sizeCode, boolean singleSegment) throws MalformedBlockException {
        return switch (sizeCode) {
            case 0 -> singleSegment ? input.next() : UNKNOWN;
            case 1 -> input.number(2) + 256;
            case 2 -> input.number(4);
            default -> {
                long bytes = input.number(8);
                yield bytes < 0 ? Long.MAX_VALUE : bytes;
            }
        };
    }

    private boolean readBlock() throws MalformedBlockException {
        int header = (int) input.number(3);
        int size = header >> 3;
        switch ((header >> 1) & 3) {
            case RAW -> {
                input.need(size);
                needRoom(size);
                output.copy(input.bytes, input.at, size);
                input.at += size;
            }
            case REPEATED_BYTE -> {
                int value = input.next();
                needRoom(size);
                output.fill((byte) value, size);
            }
            case COMPRESSED -> expandBlock(size);
            default -> throw input.damage("a block of the reserved kind");
        }
        return (header & 1) != 0;
    }

    private void needRoom(int size) throws MalformedBlockException {
        if (size > output.room()) {
            throw input.damage("a block of " + size + " bytes where " + output.room() + " are left of the target");
        }
    }

    private void expandBlock(int size) throws MalformedBlockException {
        if (size > MOST_BLOCK_BYTES) {
            throw input.damage("a compressed block of " + size + " bytes, more than a block may have");
        }
        input.need(size);
        int blockEnd = input.at + size;
        int frameEnd = input.end;
        input.end = blockEnd;
        literals.read(input, Math.min(output.room(), MOST_BLOCK_BYTES));
        sequences.read(input, output.room());
        sequences.execute(literals, input, output);
        input.at = blockEnd;
        input.end = frameEnd;
    }

    private void checkContent(long contentBytes) throws MalformedBlockException {
        if (contentBytes != UNKNOWN && contentBytes != output.produced()) {
            throw input.damage("the end of its blocks after " + output.produced() + " of " + contentBytes + " bytes");
        }
        if (hasChecksum) {
            int expected = (int) input.number(4);
            int found = (int) XxHash64.of(output.bytes, output.start, output.produced());
            if (found != expected) {
                throw input.damage("a checksum that its content does not have");
            }
        }
        if (input.remaining() > 0) {
            throw input.damage("its end, with " + input.remaining() + " bytes behind it");
        }
    }

    @Override
    public void close() {}
}

package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.putInt;
import static io.inquest.dump.codec.LittleEndian.putShort;

/// Writes zstd frames (RFC 8878) about as small as libzstd's at level 1: one segment, with its content's size,
/// without a checksum. [ZstdDecompressor] says what is in a frame.
final class ZstdCompressor extends RoomyCompressor {

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int COMPRESSED_BLOCK = 2;
    private static final int LAST_BLOCK = 1;
    private static final int BLOCK_HEADER_BYTES = 3;

    private final MatchFinder finder = new MatchFinder(ZstdDecompressor.MOST_BLOCK_BYTES);
    private final ZstdLiteralsWriter literalsWriter = new ZstdLiteralsWriter();
    private final ZstdSequencesWriter sequencesWriter = new ZstdSequencesWriter();
    private byte[] literals = new byte[0];

    @Override
    public Compression compression() {
        return Compression.ZSTD;
    }

    /// A block that would grow is stored as it is; but before that is known, a sequence, of at least 4 bytes, may
    /// have taken up to 10.
    @Override
    int worstCaseBytes(int length) {
        return Math.addExact(length, Math.min(length, ZstdDecompressor.MOST_BLOCK_BYTES) * 3 + length / 1024 + 1024);
    }

    @Override
    int encode(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset) {
        int to = putHeader(length, target, targetOffset);
        int at = sourceOffset;
        int end = sourceOffset + length;
        sequencesWriter.begin();
        do {
            int bytes = Math.min(end - at, ZstdDecompressor.MOST_BLOCK_BYTES);
            to = putBlock(source, at, bytes, target, to, at + bytes == end ? LAST_BLOCK : 0);
            at += bytes;
        } while (at < end);
        return to - targetOffset;
    }

    private static int putHeader(int length, byte[] target, int to) {
        putInt(target, to, ZstdDecompressor.MAGIC);
        int at = to + 5;
        if (length < 256) {
            target[to + 4] = SINGLE_SEGMENT;
            target[at] = (byte) length;
            return at + 1;
        }
        if (length < 256 + (1 << 16)) {
            target[to + 4] = SINGLE_SEGMENT | (1 << 6);
            putShort(target, at, length - 256);
            return at + 2;
        }
        target[to + 4] = (byte) (SINGLE_SEGMENT | (2 << 6));
        putInt(target, at, length);
        return at + 4;
    }

    private int putBlock(byte[] source, int from, int length, byte[] target, int to, int last) {
        int content = to + BLOCK_HEADER_BYTES;
        sequencesWriter.save();
        int end = putSections(source, from, length, target, content);
        int size = end - content;
        int kind = COMPRESSED_BLOCK;
        if (size >= length) {
            sequencesWriter.restore();
            System.arraycopy(source, from, target, content, length);
            size = length;
            kind = 0;
        }
        int header = last | (kind << 1) | (size << 3);
        target[to] = (byte) header;
        target[to + 1] = (byte) (header >> 8);
        target[to + 2] = (byte) (header >> 16);
        return content + size;
    }

    private int putSections(byte[] source, int from, int length, byte[] target, int to) {
        int count = finder.find(source, from, length);
        int literalCount = collectLiterals(source, from, length, count);
        int at = literalsWriter.write(literals, literalCount, target, to);
        return sequencesWriter.write(finder, count, target, at);
    }

    private int collectLiterals(byte[] source, int from, int length, int count) {
        if (literals.length < length) {
            literals = new byte[length];
        }
        int at = from;
        int number = 0;
        for (int i = 0; i < count; i++) {
            int run = finder.literalBytes[i];
            BlockCopy.literals(source, at, source.length, literals, number, literals.length, run);
            number += run;
            at += run + finder.matchBytes[i];
        }
        System.arraycopy(source, at, literals, number, finder.lastLiterals);
        return number + finder.lastLiterals;
    }
}

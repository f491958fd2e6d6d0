package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.putLong;
import static io.inquest.dump.codec.LittleEndian.putShort;

/// Writes the literals section of a compressed zstd block; [ZstdLiterals] says what is in it.
final class ZstdLiteralsWriter {

    private static final int RAW = 0;
    private static final int REPEATED_BYTE = 1;
    private static final int CODED = 2;

    /// Fewer literals are not worth the description of a code.
    private static final int LEAST_CODED = 48;

    /// From here on four streams, which decoders read at once.
    private static final int LEAST_FOUR_STREAMS = 256;

    private static final int JUMP_TABLE_BYTES = 6;

    private final HuffmanCode huffman = new HuffmanCode();
    private final BitWriter writer = new BitWriter();

    /// Writes the first `length` bytes of `literals`, and returns where the section ends.
    int write(byte[] literals, int length, byte[] target, int to) {
        if (length < LEAST_CODED) {
            return writeRaw(literals, length, target, to);
        }
        int most = huffman.count(literals, length);
        if (most == length) {
            int at = putPlainHeader(REPEATED_BYTE, length, target, to);
            target[at] = literals[0];
            return at + 1;
        }
        // Evenly spread bytes, as of compressed or encrypted pages.
        if (most <= (length >> 7) + 4) {
            return writeRaw(literals, length, target, to);
        }
        huffman.build(length);
        int leastGain = (length >> 6) + 2;
        if ((huffman.cost() >> 3) + leastGain >= length) {
            return writeRaw(literals, length, target, to);
        }
        int end = writeCoded(literals, length, target, to);
        return end < 0 || end - to + leastGain >= length ? writeRaw(literals, length, target, to) : end;
    }

    private static int writeRaw(byte[] literals, int length, byte[] target, int to) {
        int at = putPlainHeader(RAW, length, target, to);
        System.arraycopy(literals, 0, target, at, length);
        return at + length;
    }

    private static int putPlainHeader(int kind, int length, byte[] target, int to) {
        if (length < 1 << 5) {
            target[to] = (byte) (kind | (length << 3));
            return to + 1;
        }
        int form = length < 1 << 12 ? 1 : 3;
        putLong(target, to, kind | (form << 2) | (length << 4));
        return form == 1 ? to + 2 : to + 3;
    }

    private int writeCoded(byte[] literals, int length, byte[] target, int to) {
        int form = length < LEAST_FOUR_STREAMS ? 0 : length < 1 << 10 ? 1 : length < 1 << 14 ? 2 : 3;
        int sizeBits = form < 2 ? 10 : 6 + 4 * form;
        int start = to + (form < 2 ? 3 : 2 + form);
        int at = huffman.describe(writer, target, start);
        if (at < 0) {
            return -1;
        }
        int end = form == 0
                ? huffman.encode(writer, literals, 0, length, target, at)
                : writeFourStreams(literals, length, target, at);
        int stored = end - start;
        if (stored >= length) {
            return -1;
        }
        long header = CODED | (form << 2) | ((long) length << 4) | ((long) stored << (4 + sizeBits));
        for (int i = to; i < start; i++) {
            target[i] = (byte) (header >>> (8 * (i - to)));
        }
        return end;
    }

    private int writeFourStreams(byte[] literals, int length, byte[] target, int to) {
        int quarter = (length + 3) / 4;
        int at = to + JUMP_TABLE_BYTES;
        for (int i = 0; i < 3; i++) {
            int end = huffman.encode(writer, literals, i * quarter, quarter, target, at);
            putShort(target, to + 2 * i, end - at);
            at = end;
        }
        return huffman.encode(writer, literals, 3 * quarter, length - 3 * quarter, target, at);
    }
}

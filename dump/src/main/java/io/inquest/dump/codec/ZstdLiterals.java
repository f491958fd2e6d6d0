package io.inquest.dump.codec;

import java.util.Arrays;

/// The literals section of a compressed zstd block (RFC 8878, 3.1.1.3.1).
///
/// | Kind     | Bits of the header, from the lowest: kind 2, form 2 or 1, then                           |
/// |----------|------------------------------------------------------------------------------------------|
/// | raw, RLE | form x0: size 5; form 01: size 12; form 11: size 20                                      |
/// | coded    | form 00: size 10, stored size 10, one stream; 01: 10, 10; 10: 14, 14; 11: 18, 18, four   |
///
/// Kind 3 is coded with the Huffman table of an earlier block of the frame. Four streams stand behind three 16-bit
/// sizes; each but the last has a quarter of the bytes, rounded up.
final class ZstdLiterals {

    private static final int RAW = 0;
    private static final int REPEATED_BYTE = 1;
    private static final int TREELESS = 3;
    private static final int JUMP_TABLE_BYTES = 6;

    /// The literals are `length` bytes of `bytes` from `at`.
    byte[] bytes = new byte[0];

    int at;
    int length;

    private byte[] buffer = new byte[0];
    private final HuffmanTable huffman = new HuffmanTable();

    /// Forgets the table of the frame before.
    void begin() {
        huffman.log = 0;
    }

    /// Reads the section, of at most `most` literals.
    void read(ZstdInput input, int most) throws MalformedBlockException {
        int first = input.next();
        input.at--;
        int kind = first & 3;
        int form = (first >> 2) & 3;
        if (kind == RAW || kind == REPEATED_BYTE) {
            readPlain(input, kind, form, most);
        } else {
            readCoded(input, kind, form, most);
        }
    }

    private void readPlain(ZstdInput input, int kind, int form, int most) throws MalformedBlockException {
        int header = switch (form) {
            case 1 -> (int) input.number(2) >> 4;
            case 3 -> (int) input.number(3) >> 4;
            default -> input.next() >> 3;
        };
        setLength(input, header, most);
        if (kind == REPEATED_BYTE) {
            int value = input.next();
            useBuffer();
            Arrays.fill(bytes, 0, length, (byte) value);
            return;
        }
        input.need(length);
        bytes = input.bytes;
        at = input.at;
        input.at += length;
    }

    private void readCoded(ZstdInput input, int kind, int form, int most) throws MalformedBlockException {
        int sizeBits = form < 2 ? 10 : 6 + 4 * form;
        long header = input.number(form < 2 ? 3 : 2 + form) >> 4;
        setLength(input, (int) header & ((1 << sizeBits) - 1), most);
        int stored = (int) (header >> sizeBits) & ((1 << sizeBits) - 1);
        input.need(stored);
        int end = input.at + stored;
        int outerEnd = input.end;
        input.end = end;
        if (kind != TREELESS) {
            huffman.read(input);
        } else if (huffman.log == 0) {
            throw input.damage("literals that need the Huffman code of an earlier block, and there is none");
        }
        useBuffer();
        if (form == 0) {
            huffman.decode(input, input.at, end, bytes, 0, length);
        } else {
            decodeFourStreams(input, end);
        }
        input.at = end;
        input.end = outerEnd;
    }

    private void decodeFourStreams(ZstdInput input, int end) throws MalformedBlockException {
        input.need(JUMP_TABLE_BYTES);
        int quarter = (length + 3) / 4;
        if (3 * quarter > length) {
            throw input.damage("four streams for only " + length + " literals");
        }
        long sizes = input.number(JUMP_TABLE_BYTES);
        int start = input.at;
        for (int i = 0; i < 3; i++) {
            int size = (int) (sizes >> (16 * i)) & 0xffff;
            if (size > end - start) {
                throw input.damage("a stream of literals behind the end of the section");
            }
            huffman.decode(input, start, start + size, bytes, i * quarter, quarter);
            start += size;
        }
        huffman.decode(input, start, end, bytes, 3 * quarter, length - 3 * quarter);
    }

    private void setLength(ZstdInput input, int newLength, int most) throws MalformedBlockException {
        if (newLength > most) {
            throw input.damage(newLength + " literals where " + most + " bytes are left of the target or block");
        }
        length = newLength;
    }

    private void useBuffer() {
        if (buffer.length < length) {
            buffer = new byte[Math.max(length, 2 * buffer.length)];
        }
        bytes = buffer;
        at = 0;
    }
}

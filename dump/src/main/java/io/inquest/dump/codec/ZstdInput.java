package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.longAt;

import java.util.Arrays;

/// A cursor over the bytes of one zstd frame.
///
/// The frame is copied between two margins, so that readers of bit streams may load whole words at either end of
/// it: a stream that is shorter than it should be makes them read a margin, and be found out, not fail.
final class ZstdInput {

    static final int MARGIN = 16;

    byte[] bytes = new byte[2 * MARGIN];
    int at;
    int end;

    void load(byte[] source, int offset, int length) {
        int room = Math.addExact(length, 2 * MARGIN);
        if (bytes.length < room) {
            bytes = new byte[room];
        }
        System.arraycopy(source, offset, bytes, MARGIN, length);
        at = MARGIN;
        end = MARGIN + length;
        Arrays.fill(bytes, end, end + MARGIN, (byte) 0);
    }

    int remaining() {
        return end - at;
    }

    /// A little-endian number of 1 to 8 bytes, unsigned up to 7.
    long number(int length) throws MalformedBlockException {
        need(length);
        long number = longAt(bytes, at);
        at += length;
        return length == 8 ? number : number & ((1L << (8 * length)) - 1);
    }

    int next() throws MalformedBlockException {
        need(1);
        return bytes[at++] & 0xff;
    }

    void need(int length) throws MalformedBlockException {
        if (length > end - at) {
            throw damage("the end of its bytes where " + length + " more are needed");
        }
    }

    MalformedBlockException damage(String found) {
        return new MalformedBlockException("zstd frame has, at its byte " + (at - MARGIN) + ", " + found);
    }
}

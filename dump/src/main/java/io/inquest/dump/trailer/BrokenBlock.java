package io.inquest.dump.trailer;

import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A block of a dump into which bytes were inserted, or from which some were removed. With the bytes before
/// that place from where they are, and those behind it from where they are now, it has its checksum.
///
/// A CRC is linear, see [CrcDelta]: going from one place to the next changes one or two bytes, so all places
/// are tried in one pass.
final class BrokenBlock {

    /// Larger blocks are not held in memory.
    private static final long MOST_BYTES = 16 << 20;

    private static final long NOWHERE = -1;

    private final Trailer.Block block;
    private final byte[] here;
    private final byte[] there;
    private final long inserted;

    private BrokenBlock(Trailer.Block block, byte[] here, byte[] there, long inserted) {
        this.block = block;
        this.here = here;
        this.there = there;
        this.inserted = inserted;
    }

    /// `inserted` bytes were inserted, or as many removed if it is below 0. A block that is too large has no
    /// place, nor one of which more is missing than lies before its end.
    static BrokenBlock of(Trailer.Block block, ByteSource inPlace, ByteSource moved, long inserted) throws IOException {
        boolean isKnown = block.bytes() <= MOST_BYTES && block.offset() + inserted >= 0;
        byte[] here = isKnown ? read(inPlace, block) : new byte[0];
        byte[] there = isKnown ? read(moved, block) : new byte[0];
        return new BrokenBlock(block, here, there, isKnown ? inserted : 0);
    }

    private static byte[] read(ByteSource where, Trailer.Block block) throws IOException {
        byte[] read = new byte[(int) block.bytes()];
        where.readFully(block.offset(), ByteBuffer.wrap(read));
        return read;
    }

    /// Where in the undamaged dump bytes were inserted; -1 if no place gives the checksum.
    long inserted() {
        if (inserted <= 0) {
            return NOWHERE;
        }
        int rest = crcOf(here) ^ block.crc();
        CrcDelta delta = new CrcDelta();
        for (int at = here.length; at > 0 && rest != 0; delta.back()) {
            at--;
            rest ^= delta.of(here[at] ^ there[at]);
            if (rest == 0) {
                return block.offset() + at;
            }
        }
        return rest == 0 ? block.end() : NOWHERE;
    }

    /// Where in the undamaged dump bytes are missing that repeated `pattern`, of which byte `phase` would be
    /// the first of the block; -1 if no place gives the checksum.
    long missing(byte[] pattern, int phase) {
        int gap = (int) Math.min(-inserted, Integer.MAX_VALUE);
        if (gap <= 0 || gap > here.length) {
            return NOWHERE;
        }
        byte[] filled = new byte[here.length];
        for (int at = 0; at < filled.length; at++) {
            filled[at] = pattern[(at + phase) % pattern.length];
        }
        int place = here.length - gap;
        byte[] tried = here.clone();
        System.arraycopy(filled, place, tried, place, gap);
        int rest = crcOf(tried) ^ block.crc();
        CrcDelta behind = new CrcDelta();
        CrcDelta before = new CrcDelta();
        for (int back = 0; back < gap; back++) {
            before.back();
        }
        while (rest != 0 && place > 0) {
            place--;
            rest ^= before.of(here[place] ^ filled[place]) ^ behind.of(filled[place + gap] ^ there[place + gap]);
            before.back();
            behind.back();
        }
        return rest == 0 ? block.offset() + place : NOWHERE;
    }

    private static int crcOf(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}

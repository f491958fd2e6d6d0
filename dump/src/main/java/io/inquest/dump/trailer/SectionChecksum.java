package io.inquest.dump.trailer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// CRC32C of a section, block by block, computed while the section is written from its begin to its end.
///
/// In a trailer, little-endian:
///
/// | Offset | Size | Field         | Meaning                                                       |
/// |-------:|-----:|---------------|---------------------------------------------------------------|
/// |      0 |    4 | `section`     | see [Section]                                                 |
/// |      4 |    4 | `block_shift` | log2 of the bytes that each checksum covers                   |
/// |      8 |    8 | `offset`      | where in the file the section begins                          |
/// |     16 |    8 | `bytes`       | its size; the last block may be shorter than the others       |
/// |     24 | 4, … | `crc`         | one for each block                                            |
public final class SectionChecksum {

    static final int HEADER_BYTES = 24;

    /// Blocks are small, since one wrong byte costs all pages of its block, and large enough that checksums
    /// take next to nothing: four bytes for 64 KiB.
    static final int LEAST_BLOCK_SHIFT = 16;

    /// About as many checksums as a section may have, so that those of any dump take little memory.
    private static final long MOST_BLOCKS = 1 << 17;

    private static final int INITIAL_BLOCKS = 64;

    private final Section section;
    private final long offset;
    private final long expectedBytes;
    private final int blockShift;
    private final CRC32C crc = new CRC32C();
    private int[] crcs = new int[INITIAL_BLOCKS];
    private int blocks;
    private long bytes;

    /// @param expectedBytes how large the section will be at most, as far as is known; decides the size of blocks
    SectionChecksum(Section section, long offset, long expectedBytes) {
        this.section = section;
        this.offset = offset;
        this.expectedBytes = expectedBytes;
        int shift = LEAST_BLOCK_SHIFT;
        while (expectedBytes >>> shift > MOST_BLOCKS) {
            shift++;
        }
        this.blockShift = shift;
    }

    /// Goes on with the section's next bytes, and moves the position of `part` to its limit.
    public void update(ByteBuffer part) {
        int end = part.limit();
        while (part.position() < end) {
            int size = (int) Math.min(end - part.position(), bytesToBlockEnd());
            crc.update(part.limit(part.position() + size));
            part.limit(end);
            bytes += size;
            if (bytesToBlockEnd() == 1L << blockShift) {
                endBlock();
            }
        }
    }

    private long bytesToBlockEnd() {
        return (1L << blockShift) - (bytes & (1L << blockShift) - 1);
    }

    private void endBlock() {
        if (blocks == crcs.length) {
            crcs = Arrays.copyOf(crcs, 2 * blocks);
        }
        crcs[blocks++] = (int) crc.getValue();
        crc.reset();
    }

    /// Size of the table if the section becomes as large as was expected.
    long mostTableBytes() {
        return HEADER_BYTES + Integer.BYTES * ((expectedBytes >>> blockShift) + 1);
    }

    /// Size of the table; nothing may be added afterwards.
    int tableBytes() {
        if (blocks == bytes >>> blockShift && bytesToBlockEnd() != 1L << blockShift) {
            endBlock();
        }
        return HEADER_BYTES + Integer.BYTES * blocks;
    }

    void putTable(ByteBuffer target) {
        target.putInt(section.code()).putInt(blockShift).putLong(offset).putLong(bytes);
        target.asIntBuffer().put(crcs, 0, blocks);
        target.position(target.position() + Integer.BYTES * blocks);
    }
}

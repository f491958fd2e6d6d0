package io.inquest.dump.kdump;

import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Where the tables of a kdump-compressed file are: what its headers say, and what the tables show by themselves.
///
/// @param blockShift log2 of the block size
/// @param subHeaderBlocks S
/// @param bitmapBlocks B, of both bitmaps
/// @param maxMapnr page frames
record Geometry(ByteOrder order, int blockShift, long subHeaderBlocks, long bitmapBlocks, long maxMapnr) {

    /// Descriptors that must hang together to be taken for descriptors.
    private static final int LINKS = 8;

    /// More than the bitmaps of any machine: behind that no descriptors begin.
    private static final long MOST_TABLE_BYTES = 16L << 30;

    static final long NOT_FOUND = -1;

    long descriptorsAt() {
        return (1 + subHeaderBlocks + bitmapBlocks) << blockShift;
    }

    long bitmapsAt() {
        return (1 + subHeaderBlocks) << blockShift;
    }

    /// Blocks of one bitmap of so many frames.
    static long bitmapBlocks(long frames, int blockShift) {
        long bytes = (frames + 7) >>> 3;
        return (bytes + (1L << blockShift) - 1) >>> blockShift;
    }

    /// Whether B is what the number of frames needs: two bitmaps, or one in old files.
    boolean bitmapsFit() {
        long one = bitmapBlocks(maxMapnr, blockShift);
        return maxMapnr > 0 && (bitmapBlocks == 2 * one || bitmapBlocks == one);
    }

    /// Whether page descriptors begin at byte `at`: each leads to where the one before ended, the first to behind
    /// the last. Fewer than [#LINKS] suffice if the file holds no more.
    static boolean hasDescriptors(ByteSource source, ByteOrder order, long at, int blockBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LINKS * PageDescriptors.BYTES).order(order);
        long position = at;
        while (bytes.hasRemaining()) {
            int length = source.read(position, bytes);
            if (length < 0) {
                return false;
            }
            position += length;
        }
        long first = bytes.getLong(0);
        long room = first - at;
        boolean begins = room >= PageDescriptors.BYTES
                && (room % PageDescriptors.BYTES == 0 || (room - blockBytes) % PageDescriptors.BYTES == 0);
        if (!begins) {
            return false;
        }
        long expected = -1;
        for (int i = 0; i < Math.min(LINKS, room / PageDescriptors.BYTES); i++) {
            long offset = bytes.getLong(i * PageDescriptors.BYTES);
            int size = bytes.getInt(i * PageDescriptors.BYTES + 8);
            int flags = bytes.getInt(i * PageDescriptors.BYTES + 12);
            if (offset == 0 && size == 0) {
                continue;
            }
            boolean shared = offset <= first && size == blockBytes && flags == 0;
            boolean plausible = size > 0
                    && size <= blockBytes
                    && bytes.getLong(i * PageDescriptors.BYTES + 16) == 0
                    && (expected < 0 || offset == expected || shared || offset == first + blockBytes);
            if (!plausible) {
                return false;
            }
            expected = shared ? expected : offset + size;
        }
        return true;
    }

    /// The first block of the file from which page descriptors go on, in one of the byte orders; [#NOT_FOUND] if there
    /// is none.
    static long findDescriptors(ByteSource source, ByteOrder order, int blockBytes) throws IOException {
        long end = Math.min(source.size() - LINKS * PageDescriptors.BYTES, MOST_TABLE_BYTES);
        for (long at = 3L * blockBytes; at < end; at += blockBytes) {
            // A flattened stream can have holes larger than any disk.
            at = Math.max(at, source.nextData(at) & -blockBytes);
            if (hasDescriptors(source, order, at, blockBytes)) {
                return at;
            }
        }
        return NOT_FOUND;
    }
}

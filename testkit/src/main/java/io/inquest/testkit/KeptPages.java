package io.inquest.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Which page frames a kdump-compressed file holds, read from its second bitmap without our own readers; and which
/// ones makedumpfile kept of a sample, as recorded by `lab/expected-pages`.
///
/// | offset | size | field |
/// |---|---|---|
/// | 428 | 4 | block size |
/// | 432 | 4 | blocks of the sub-header |
/// | 436 | 4 | blocks of both bitmaps together |
/// | 1 block + 96 | 8 | number of page frames |
/// | 1 block + sub-header + half of the bitmaps | half of the bitmaps | a bit for each page frame that is held |
///
/// Header version 6, 64-bit, little-endian (makedumpfile's `diskdump_mod.h`), not split.
public final class KeptPages {

    private static final int BLOCK_SIZE = 428;
    private static final int SUB_HEADER_BLOCKS = 432;
    private static final int BITMAP_BLOCKS = 436;
    private static final int FRAMES_IN_SUB_HEADER = 96;

    /// Page frames that follow each other.
    public record Run(long first, long count) {}

    private KeptPages() {}

    /// The runs of page frames that a file holds, ascending.
    public static List<Run> of(Path kdump) throws IOException {
        try (FileChannel file = FileChannel.open(kdump)) {
            ByteBuffer header = read(file, 0, 4096);
            int block = header.getInt(BLOCK_SIZE);
            int subHeader = header.getInt(SUB_HEADER_BLOCKS);
            int half = Math.multiplyExact(block, header.getInt(BITMAP_BLOCKS)) / 2;
            int frames = Math.toIntExact(read(file, block, block).getLong(FRAMES_IN_SUB_HEADER));
            return runs(BitSet.valueOf(read(file, (long) block * (1 + subHeader) + half, half)), frames);
        }
    }

    /// The runs that makedumpfile kept of a sample at a dump level.
    ///
    /// @param recording a file of `lab/expected-pages` in `samples/`, without its `.xz`
    public static List<Run> recorded(String recording, int level) throws IOException {
        List<Run> runs = new ArrayList<>();
        boolean wanted = false;
        long end = 0;
        for (String line : Samples.text(recording).split("\n", -1)) {
            if (line.startsWith("level ")) {
                wanted = line.equals("level " + level);
                end = 0;
            } else if (wanted && !line.isEmpty()) {
                int space = line.indexOf(' ');
                long first = end + Long.parseLong(line.substring(0, space));
                long count = Long.parseLong(line.substring(space + 1));
                runs.add(new Run(first, count));
                end = first + count;
            }
        }
        return runs;
    }

    private static List<Run> runs(BitSet held, int frames) {
        List<Run> runs = new ArrayList<>();
        int first = held.nextSetBit(0);
        while (first >= 0 && first < frames) {
            int end = Math.min(held.nextClearBit(first), frames);
            runs.add(new Run(first, end - first));
            first = held.nextSetBit(end);
        }
        return runs;
    }

    private static ByteBuffer read(FileChannel file, long offset, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) > 0) {
            // until the buffer is full or the file ends
        }
        if (buffer.hasRemaining()) {
            throw new IOException("the file ends before offset " + (offset + size));
        }
        return buffer.flip();
    }
}

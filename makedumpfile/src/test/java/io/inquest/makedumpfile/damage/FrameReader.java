package io.inquest.makedumpfile.damage;

import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Reads page frames as the numbers of [Contents].
final class FrameReader {

    static final int MOST_FRAMES = 256;

    /// The number of a page of zeros of 4096 bytes.
    static final long ZEROS = number(ByteBuffer.allocate(4096));

    private final PhysicalMemory memory;
    private final ByteBuffer pages;
    private final PageState[] states = new PageState[MOST_FRAMES];

    FrameReader(PhysicalMemory memory) {
        this.memory = memory;
        this.pages = ByteBuffer.allocate(MOST_FRAMES << memory.pageShift());
    }

    /// Reads neighbouring frames into `frames` from `at` on.
    void read(long pfn, int count, long[] frames, int at) throws IOException {
        memory.readPages(pfn, count, pages.clear(), states);
        for (int i = 0; i < count; i++) {
            frames[at + i] = switch (states[i]) {
                case STORED, ZERO -> number(pages.slice(i << memory.pageShift(), memory.pageBytes()));
                case EXCLUDED -> Contents.EXCLUDED;
                case ABSENT -> Contents.ABSENT;
                case LOST -> Contents.LOST;
            };
        }
    }

    /// 63 bits, so that no contents look like a state.
    private static long number(ByteBuffer page) {
        CRC32C one = new CRC32C();
        one.update(page.duplicate());
        CRC32 two = new CRC32();
        two.update(page);
        return (one.getValue() << 32 | two.getValue()) & Long.MAX_VALUE;
    }
}

package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameSetTest {

    private static final int CHUNK = 1 << 15;

    @Test
    void holdsWhatWasAdded() {
        Random random = new Random(4);
        FrameSet set = new FrameSet(6 * CHUNK, 1 << 20);
        BitSet expected = new BitSet();
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(6 * CHUNK);
            int count = 1 + random.nextInt(i % 10 == 0 ? 2 * CHUNK : 600);
            set.add(from, count);
            expected.set(from, Math.min(from + count, 6 * CHUNK));
        }
        for (int pfn = 0; pfn < 6 * CHUNK; pfn++) {
            assertThat(set.contains(pfn)).as("frame %d", pfn).isEqualTo(expected.get(pfn));
        }
        for (int i = 0; i < 1000; i++) {
            int from = random.nextInt(6 * CHUNK);
            int next = expected.nextSetBit(from);
            assertThat(set.next(from, 6 * CHUNK)).isEqualTo(next < 0 ? 6 * CHUNK : next);
        }
        assertThat(set.refused()).isZero();
    }

    @Test
    void whatDoesNotFitTheBudgetIsCounted() {
        FrameSet set = new FrameSet(100L * CHUNK, 2 * CHUNK / 8);
        for (long pfn = 0; pfn < 3L * CHUNK; pfn += CHUNK) {
            set.add(pfn, 7);
        }
        assertThat(set.refused()).isEqualTo(7);
        assertThat(set.contains(2L * CHUNK)).isFalse();
    }

    @Test
    void chunksThatAreWholeCostNothing() {
        FrameSet set = new FrameSet(1L << 32, CHUNK / 8);
        for (long pfn = 0; pfn < 1000L * CHUNK; pfn += 512) {
            set.add(pfn, 512);
        }
        set.add(1 << 20, 1);
        assertThat(set.refused()).isZero();
        assertThat(set.contains(1000L * CHUNK - 1)).isTrue();
        assertThat(set.next(0, 1L << 32)).isZero();
        assertThat(set.next(1000L * CHUNK, 1L << 32)).isEqualTo(1L << 32);
    }
}

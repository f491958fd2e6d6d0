package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClassRunsTest {

    private static byte[] classes(int frames, int longestRun, long seed) {
        Random random = new Random(seed);
        byte[] classes = new byte[frames];
        for (int i = 0; i < frames; ) {
            int run = Math.min(frames - i, 1 + random.nextInt(longestRun));
            Arrays.fill(classes, i, i + run, (byte) random.nextInt(9));
            i += run;
        }
        return classes;
    }

    @Test
    void givesBackEveryWindow() {
        for (int longestRun : new int[] {1, 10, 1000, 300_000}) {
            byte[] all = classes(400_000, longestRun, longestRun);
            ClassRuns runs = new ClassRuns(ClassRuns.DEFAULT_BYTES);
            Random random = new Random(7);
            for (int at = 0; at < all.length; ) {
                int count = Math.min(all.length - at, random.nextInt(100_000));
                runs.append(Arrays.copyOfRange(all, at, at + count), count);
                at += count;
            }
            assertThat(runs.frames()).isEqualTo(all.length);
            for (int i = 0; i < 100; i++) {
                int from = random.nextInt(all.length);
                int count = random.nextInt(all.length - from);
                byte[] window = new byte[count];
                runs.fill(from, count, window);
                assertThat(window).isEqualTo(Arrays.copyOfRange(all, from, from + count));
            }
        }
    }

    @Test
    void framesThatWereNotAppendedAreKept() {
        ClassRuns runs = new ClassRuns(ClassRuns.DEFAULT_BYTES);
        runs.append(new byte[] {5, 5, 5}, 3);
        byte[] window = {9, 9, 9, 9, 9};
        runs.fill(1, 5, window);
        assertThat(window).containsExactly(5, 5, 0, 0, 0);
    }

    @Test
    void keepsTheFirstFramesWhenItsBudgetIsUsedUp() {
        ClassRuns runs = new ClassRuns(200_000);
        byte[] all = classes(400_000, 1, 1);
        runs.append(all, all.length);
        assertThat(runs.isFull()).isTrue();
        int kept = (int) runs.frames();
        assertThat(kept).isGreaterThan(100_000).isLessThan(200_000);
        byte[] window = new byte[kept];
        runs.fill(0, kept, window);
        assertThat(window).isEqualTo(Arrays.copyOf(all, kept));

        runs.append(all, all.length);
        assertThat(runs.frames()).isEqualTo(kept);
    }

    @Test
    void anEmptyTerabyteCostsAlmostNothing() {
        ClassRuns runs = new ClassRuns(100_000);
        byte[] window = new byte[1 << 20];
        for (int i = 0; i < 256; i++) {
            runs.append(window, window.length);
        }
        assertThat(runs.isFull()).isFalse();
        assertThat(runs.frames()).isEqualTo(1L << 28);
    }
}

package io.inquest.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BitmapRunsTest {

    private static final long FIRST_PFN = 1 << 20;
    private static final int FRAMES = 1000;

    @Test
    void runsEndWhereTheBitmapSays() {
        Random random = new Random(5);
        for (int step = 1; step <= 100; step++) {
            PageBitmap bitmap = new PageBitmap(FRAMES);
            bitmap.reset(FIRST_PFN, FRAMES);
            for (int run = random.nextInt(9); run > 0; run--) {
                long start = FIRST_PFN + random.nextInt(FRAMES);
                bitmap.setRange(start, start + random.nextInt(100));
            }
            BitmapRuns runs = new BitmapRuns(bitmap);
            for (long pfn = FIRST_PFN; pfn < bitmap.endPfn(); pfn += 1 + random.nextInt(step)) {
                assertThat(runs.get(pfn)).isEqualTo(bitmap.get(pfn));
                assertThat(runs.endOf(pfn)).isEqualTo(bitmap.get(pfn) ? bitmap.nextClear(pfn) : bitmap.nextSet(pfn));
            }
        }
    }

    @Test
    void bitsOfFramesAskedForMayChange() {
        PageBitmap bitmap = new PageBitmap(FRAMES);
        bitmap.reset(FIRST_PFN, FRAMES);
        bitmap.setRange(FIRST_PFN, FIRST_PFN + 500);
        BitmapRuns runs = new BitmapRuns(bitmap);
        assertThat(runs.endOf(FIRST_PFN)).isEqualTo(FIRST_PFN + 500);
        bitmap.clear(FIRST_PFN);
        assertThat(runs.get(FIRST_PFN + 1)).isTrue();
        assertThat(runs.endOf(FIRST_PFN + 1)).isEqualTo(FIRST_PFN + 500);
    }
}

package io.inquest.dump.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PfnRange;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SplitPlanTest {

    /// Pages per block of 0x400 frames of a 6.12 dump at level 31, and where makedumpfile 1.7.8 cut it.
    @Test
    void partsEndWhereMakedumpfileEndsThem() {
        assertThat(recorded(2)).containsExactly(range(0, 0xbc00), range(0xbc00, 0x10fd7));
        assertThat(recorded(3)).containsExactly(range(0, 0x3800), range(0x3800, 0xc800), range(0xc800, 0x10fd7));
        assertThat(recorded(4))
                .containsExactly(
                        range(0, 0x2c00), range(0x2c00, 0xbc00), range(0xbc00, 0xd000), range(0xd000, 0x10fd7));
        assertThat(recorded(7))
                .containsExactly(
                        range(0, 0x2000),
                        range(0x2000, 0x3800),
                        range(0x3800, 0xbc00),
                        range(0xbc00, 0xc800),
                        range(0xc800, 0xd800),
                        range(0xd800, 0x10fd7),
                        range(0x10fd7, 0x10fd7));
    }

    @Test
    void machineOfLessThanOneBlockGoesIntoTheFirstPart() {
        SplitPlan plan = new SplitPlan(3, 1000, 1 << 18);
        PageBitmap window = PageBitmap.of(0, 1000);
        window.setRange(0, 1000);
        plan.add(window);
        assertThat(plan.ranges()).containsExactly(range(0, 1000), range(1000, 1000), range(1000, 1000));
    }

    @Test
    void windowsMayComeInAnyOrder() {
        SplitPlan plan = new SplitPlan(2, 256, 16);
        for (long first : new long[] {128, 0, 192, 64}) {
            PageBitmap window = PageBitmap.of(first, 64);
            window.setRange(first, first + 64);
            plan.add(window);
        }
        assertThat(plan.ranges()).containsExactly(range(0, 128), range(128, 256));
    }

    @Test
    void onePartHoldsAll() {
        assertThat(new SplitPlan(1, 5000, 64).ranges()).containsExactly(range(0, 5000));
    }

    private static List<PfnRange> recorded(int parts) {
        int[] pagesPerBlock = {
            32, 0, 96, 0, 1024, 266, 1024, 1024, 1020, 73, 473, 30, 788, 928, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 5, 5, 512, 1024, 1024, 1024, 1024, 1024, 1024, 705, 1024, 246, 805,
            150, 102, 11, 0, 0, 0, 0, 0, 0, 1, 0, 1024, 1024, 616,
        };
        SplitPlan plan = new SplitPlan(parts, 0x10fd7, 0x400);
        for (int block = 0; block < pagesPerBlock.length; block++) {
            long first = block * 0x400L;
            PageBitmap window = PageBitmap.of(first, 0x400);
            window.setRange(first, first + pagesPerBlock[block]);
            plan.add(window);
        }
        return plan.ranges();
    }

    private static PfnRange range(long start, long end) {
        return new PfnRange(start, end);
    }
}

package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Machine;
import io.inquest.dump.salvage.FrameEvidence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/// Pages with empty lists in them, as `INIT_LIST_HEAD` leaves them.
final class SelfPointersTest {

    private static final long DIRECT_MAP = 0xffff_8880_0000_0000L;
    private static final int PAGE_BYTES = 4096;

    private final SelfPointers evidence =
            new SelfPointers(new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, Long.BYTES, 12));

    private static ByteBuffer page(long pfn, int... listsAt) {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : listsAt) {
            long self = DIRECT_MAP + pfn * PAGE_BYTES + at;
            page.putLong(at, self).putLong(at + 8, self);
        }
        return page;
    }

    private void learn(long firstPfn, int pages) {
        for (long pfn = firstPfn; pfn < firstPfn + pages; pfn++) {
            evidence.learn(pfn, page(pfn, 64, 512));
        }
    }

    @Test
    void pageWithEmptyListsTellsItsFrame() {
        learn(100, 20);
        assertThat(evidence.learned()).isTrue();
        assertThat(evidence.frameOf(page(5000, 128, 1024))).isEqualTo(5000);
    }

    @Test
    void pagesOfOtherFramesThanClaimedTeachNothingWrong() {
        learn(100, 20);
        for (long pfn = 200; pfn < 400; pfn++) {
            evidence.learn(pfn, page(pfn + 1, 64, 512));
        }
        assertThat(evidence.learned()).isTrue();
        assertThat(evidence.frameOf(page(300, 64, 512))).isEqualTo(300);
    }

    @Test
    void onePointerOrNoneTellsNothing() {
        learn(100, 20);
        assertThat(evidence.learned()).isTrue();
        assertThat(evidence.frameOf(page(300, 64))).isEqualTo(FrameEvidence.UNKNOWN);
        assertThat(evidence.frameOf(page(300))).isEqualTo(FrameEvidence.UNKNOWN);
    }

    @Test
    void claimsThatAreAllMovedByAFewFramesTeachTheSame() {
        for (long pfn = 100; pfn < 140; pfn++) {
            evidence.learn(pfn + (pfn < 120 ? 2 : 5), page(pfn, 64, 512));
        }
        assertThat(evidence.learned()).isFalse();
        assertThat(evidence.learnedFromMoved()).isTrue();
        assertThat(evidence.frameOf(page(5000, 128, 1024))).isEqualTo(5000);
    }

    @Test
    void pagesAloneTellWhereTheDirectMapBegins() throws IOException {
        for (long pfn = 1000; pfn < 1040; pfn++) {
            evidence.learn(page(pfn, 64, 512));
        }
        assertThat(evidence.learnedFromPages(pfn -> pfn < 2000, 2000)).isTrue();
        assertThat(evidence.frameOf(page(1500, 128, 1024))).isEqualTo(1500);
    }

    /// 3 GiB of memory, and pages of one GiB only: the direct map may begin at that GiB or at one of those
    /// before.
    @Test
    void pagesThatMayBeOfSeveralPlacesTeachNothing() throws IOException {
        long gibibyte = 1 << 18;
        for (long pfn = gibibyte; pfn < gibibyte + 40; pfn++) {
            evidence.learn(page(pfn, 64, 512));
        }
        assertThat(evidence.learnedFromPages(pfn -> true, 3 * gibibyte)).isFalse();
        assertThat(evidence.learnedFromPages(pfn -> pfn >= gibibyte && pfn < 2 * gibibyte, 3 * gibibyte))
                .isTrue();
        assertThat(evidence.frameOf(page(gibibyte + 77, 128, 1024))).isEqualTo(gibibyte + 77);
    }

    @Test
    void fewPagesTeachNothing() {
        learn(100, 2);
        assertThat(evidence.learned()).isFalse();
        assertThat(evidence.frameOf(page(100, 64, 512))).isEqualTo(FrameEvidence.UNKNOWN);
    }
}

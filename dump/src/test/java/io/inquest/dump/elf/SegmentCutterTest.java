package io.inquest.dump.elf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.PhysicalSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rules were recorded from files of makedumpfile 1.7.8 -E. Numbers here are pages; a segment is
/// at page 1000.
final class SegmentCutterTest {

    private static final int PAGE = 4096;
    private static final long VIRTUAL = 0xffff_8880_0000_0000L;

    @Test
    void segmentOfWantedFramesStaysWhole() throws IOException {
        assertThat(cut(segment(1000, 600), 1000, 1600)).containsExactly(piece(1000, 600, 600));
    }

    @Test
    void runOf256FramesIsCutOutAndOneOf255IsNot() throws IOException {
        assertThat(cut(segment(1000, 600), 1000, 1100, 1356, 1600))
                .containsExactly(piece(1000, 100, 356), piece(1356, 244, 244));
        assertThat(cut(segment(1000, 600), 1000, 1100, 1355, 1600)).containsExactly(piece(1000, 600, 600));
    }

    @Test
    void singleFrameAtTheEndIsCutOff() throws IOException {
        assertThat(cut(segment(1000, 600), 1000, 1599)).containsExactly(piece(1000, 599, 600));
    }

    @Test
    void segmentThatBeginsWithALongRunHasAPieceWithoutBytes() throws IOException {
        assertThat(cut(segment(1000, 600), 1256, 1600)).containsExactly(piece(1000, 0, 256), piece(1256, 344, 344));
        assertThat(cut(segment(1000, 600), 1255, 1600)).containsExactly(piece(1000, 600, 600));
    }

    @Test
    void segmentWithoutAnyWantedFrameIsOnePieceWithoutBytes() throws IOException {
        assertThat(cut(segment(1000, 600))).containsExactly(piece(1000, 0, 600));
    }

    @Test
    void partsOfPagesAtBothEndsStayParts() throws IOException {
        PhysicalSegment odd = new PhysicalSegment(VIRTUAL + 0x123, 1000 * PAGE + 0x123, 2 * PAGE, 0, 0);
        assertThat(cut(odd, 1000, 1003)).containsExactly(odd(odd, 2 * PAGE));
        assertThat(cut(odd, 1000, 1002)).containsExactly(odd(odd, 2 * PAGE - 0x123));
        assertThat(cut(odd, 1001, 1003)).containsExactly(odd(odd, 2 * PAGE));
        assertThat(cut(odd)).containsExactly(odd(odd, 0));
    }

    @Test
    void overlappingSegmentsAreCutEachByItself() throws IOException {
        List<PhysicalSegment> pieces =
                cut(List.of(segment(1000, 600), segment(1300, 100), segment(900, 200)), 1000, 1100, 1356, 1600);
        assertThat(pieces)
                .containsExactly(
                        piece(1000, 100, 356), piece(1356, 244, 244), piece(1300, 100, 100), piece(900, 200, 200));
    }

    @Test
    void runAcrossTheBordersOfWindowsIsOneRun() throws IOException {
        long frames = 1 << 20;
        assertThat(cut(segment(1000, frames), 1000, 1001, 1000 + frames - 1, 1000 + frames))
                .containsExactly(piece(1000, 1, frames - 1), piece(1000 + frames - 1, 1, 1));
    }

    @Test
    void segmentWithoutPhysicalAddressIsLeftOut() throws IOException {
        assertThat(cut(new PhysicalSegment(VIRTUAL, -1, PAGE, PAGE, 0))).isEmpty();
    }

    @Test
    void emptySegmentStaysEmpty() throws IOException {
        assertThat(cut(segment(1000, 0), 1000, 1001)).containsExactly(piece(1000, 0, 0));
    }

    private static PhysicalSegment segment(long pfn, long frames) {
        return new PhysicalSegment(VIRTUAL + (pfn - 900) * PAGE, pfn * PAGE, frames * PAGE, frames * PAGE, 77);
    }

    private static PhysicalSegment piece(long pfn, long storedFrames, long frames) {
        return new PhysicalSegment(VIRTUAL + (pfn - 900) * PAGE, pfn * PAGE, frames * PAGE, storedFrames * PAGE, 0);
    }

    private static PhysicalSegment odd(PhysicalSegment segment, long bytes) {
        return new PhysicalSegment(
                segment.virtualAddress(), segment.physicalAddress(), segment.memoryBytes(), bytes, 0);
    }

    private static List<PhysicalSegment> cut(PhysicalSegment segment, long... wanted) throws IOException {
        return cut(List.of(segment), wanted);
    }

    /// @param wanted begins and ends of the runs of frames that are wanted
    private static List<PhysicalSegment> cut(List<PhysicalSegment> segments, long... wanted) throws IOException {
        FrameSelection selection = window -> {
            for (int i = 0; i < wanted.length; i += 2) {
                window.setRange(wanted[i], wanted[i + 1]);
            }
        };
        List<ElfSegment> all = new ArrayList<>();
        segments.forEach(segment -> all.add(new ElfSegment(segment, 7, 0)));
        SegmentCutter cutter = new SegmentCutter(all, selection, 12);
        List<PhysicalSegment> pieces = new ArrayList<>();
        while (cutter.nextSegment()) {
            while (cutter.hasPiece()) {
                pieces.add(cutter.nextPiece());
            }
        }
        return pieces;
    }
}

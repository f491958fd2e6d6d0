package io.inquest.dump.elf;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PhysicalSegment;
import java.io.IOException;
import java.util.List;

/// Cuts the frames that are not selected out of segments, one piece after another, in one pass
/// over the selection.
///
/// The rules are makedumpfile's (`write_elf_pages_cyclic`): a run of frames that are not selected is cut out if it
/// has at least [FrameSelection#leastCutFrames], and so is any such run at the end of a segment; shorter ones stay
/// in. A piece is data followed by what was cut behind it, so its memory is larger than its bytes in the file.
/// Segments that overlap are cut each by itself. Bytes of pages that a segment has only in part are not added to.
final class SegmentCutter {

    private static final int WINDOW_FRAMES = 1 << 18;

    private final List<ElfSegment> segments;
    private final FrameSelection selection;
    private final int pageShift;
    private final PageBitmap window = new PageBitmap(WINDOW_FRAMES);
    private int next;
    private long cutBytes;

    SegmentCutter(List<ElfSegment> segments, FrameSelection selection, int pageShift) {
        this.segments = segments;
        this.selection = selection;
        this.pageShift = pageShift;
    }

    /// Moves to the first piece of the next segment that has a physical address, or answers false.
    boolean nextSegment() {
        while (next < segments.size()) {
            PhysicalSegment memory = segments.get(next++).memory();
            if (memory.hasPhysicalAddress()) {
                cutBytes = 0;
                return true;
            }
        }
        return false;
    }

    ElfSegment segment() {
        return segments.get(next - 1);
    }

    /// Whether something of the segment is left for another piece.
    boolean hasPiece() {
        return cutBytes == 0 || cutBytes < segment().memory().memoryBytes();
    }

    /// The next piece of the segment; its file offset is not known here and 0.
    PhysicalSegment nextPiece() throws IOException {
        PhysicalSegment whole = segment().memory();
        long start = whole.physicalAddress() + cutBytes;
        long end = whole.physicalAddress() + whole.memoryBytes();
        long endPfn = (end + (1L << pageShift) - 1) >>> pageShift;
        long pfn = start >>> pageShift;
        while (true) {
            long cut = find(pfn, endPfn, false);
            long kept = cut == endPfn ? endPfn : find(cut, endPfn, true);
            if (kept == endPfn || kept - cut >= selection.leastCutFrames()) {
                long dataEnd = Math.clamp(cut << pageShift, start, end);
                long memoryEnd = Math.clamp(kept << pageShift, start, end);
                PhysicalSegment piece = new PhysicalSegment(
                        whole.virtualAddress() + cutBytes, start, memoryEnd - start, dataEnd - start, 0);
                cutBytes = Math.max(memoryEnd - whole.physicalAddress(), 1);
                return piece;
            }
            pfn = kept;
        }
    }

    /// The first frame from `pfn` on that is selected, or is not, or `endPfn`.
    private long find(long pfn, long endPfn, boolean selected) throws IOException {
        long at = pfn;
        while (at < endPfn) {
            if (!window.contains(at)) {
                long first = at & -Long.SIZE;
                window.reset(first, WINDOW_FRAMES);
                selection.mark(window);
            }
            at = selected ? window.nextSet(at) : window.nextClear(at);
            if (at < window.endPfn()) {
                break;
            }
        }
        return Math.min(at, endPfn);
    }
}

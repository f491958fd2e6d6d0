package io.inquest.dump.kdump;

import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.FrameEvidence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Bits of bitmap 2 that became zeros, made again by the contents of pages.
///
/// The descriptors tell how many pages there are, and are in order of page frames. Between two pages that
/// tell their own frame are so many descriptors, and so many bits that are left, and so many frames of
/// memory. If there are as many bits as descriptors, none is lost there; if as many frames of memory, all of
/// them are stored. Else it cannot be told which are.
final class LostBits {

    private static final int SAMPLES = 1 << 16;

    /// Pages behind one that tells its frame that are asked whether that can be right.
    private static final int NEXT = 4;

    /// With more than this the file is too large for the memory that this may take.
    private static final int MOST_RUNS = 1 << 18;

    private static final long MOST_BITS = 1 << 20;

    private final PageTable table;
    private final FrameEvidence evidence;
    private final FrameAlignment.Pages pages;
    private final List<Run> runs = new ArrayList<>();
    private final List<Dense> dense = new ArrayList<>();
    private long denseFrames;
    private boolean contradicted;

    /// A page that tells its frame.
    private record Anchor(long index, long frame) {

        /// Each descriptor between two has a frame of its own.
        boolean canPrecede(Anchor next) {
            return next.index > index && next.frame - frame >= next.index - index;
        }
    }

    /// Frames `[startPfn, endPfn)` of which is known which are stored, with the descriptors from `index` on.
    private record Run(long startPfn, long endPfn, long index) {}

    /// Frames `[startPfn, endPfn)` of which all that are memory are stored, or all.
    private record Dense(long startPfn, long endPfn, boolean withoutHoles) {}

    private LostBits(PageTable table, FrameEvidence evidence, FrameAlignment.Pages pages) {
        this.table = table;
        this.evidence = evidence;
        this.pages = pages;
    }

    /// What `described` descriptors and the contents of their pages tell; nothing if bits of bitmap 2 are not
    /// only lost but wrong, or too few pages tell their frame.
    static Optional<LostBits> find(PageTable table, long described, FrameEvidence evidence, FrameAlignment.Pages pages)
            throws IOException {
        LostBits lost = new LostBits(table, evidence, pages);
        if (!lost.learn(described)) {
            return Optional.empty();
        }
        lost.search(described);
        boolean isTooLarge = lost.runs.size() > MOST_RUNS || lost.denseFrames > MOST_BITS;
        return lost.contradicted || isTooLarge || lost.runs.isEmpty() ? Optional.empty() : Optional.of(lost);
    }

    /// Frames before the first lost bit are those that counting from the begin gives, those behind the last
    /// one those that counting from the end gives. Where nothing is left to count, only the pages themselves
    /// can be asked.
    private boolean learn(long described) throws IOException {
        long left = table.storedPages();
        long missing = described - left;
        long step = Math.max(1, described / SAMPLES);
        for (long index = 0; index < described; index += step) {
            ByteBuffer page = pages.pageOf(index);
            if (page == null) {
                continue;
            }
            evidence.learn(page);
            if (index < left) {
                evidence.learn(table.frameOf(index), page);
            }
            if (index >= missing) {
                evidence.learn(table.frameOf(index - missing), page);
            }
        }
        return evidence.learned() || evidence.learnedFromPages(table.existing()::get, table.endPfn());
    }

    /// One pass over all pages, in order of their descriptors.
    private void search(long described) throws IOException {
        Deque<Anchor> next = new ArrayDeque<>();
        Anchor latest = new Anchor(-1, -1);
        for (long index = 0; index < described; index++) {
            ByteBuffer page = pages.pageOf(index);
            long frame = page == null ? FrameEvidence.UNKNOWN : evidence.frameOf(page);
            if (frame >= 0 && frame < table.endPfn()) {
                next.add(new Anchor(index, frame));
            }
            if (next.size() > NEXT) {
                latest = take(latest, next);
            }
        }
        while (!next.isEmpty()) {
            latest = take(latest, next);
        }
        between(latest, new Anchor(described, table.endPfn()));
    }

    /// Now and then a page tells a wrong frame by accident: it agrees neither with those before nor with
    /// those behind it.
    private Anchor take(Anchor latest, Deque<Anchor> next) throws IOException {
        Anchor one = next.removeFirst();
        int agreeing = 0;
        for (Anchor other : next) {
            agreeing += one.canPrecede(other) ? 1 : 0;
        }
        if (!latest.canPrecede(one) || 4 * agreeing < 3 * next.size()) {
            return latest;
        }
        between(latest, one);
        addDense(one.frame, one.frame + 1, true);
        return one;
    }

    private void between(Anchor one, Anchor two) throws IOException {
        long wanted = two.index - one.index - 1;
        long start = one.frame + 1;
        long bits = table.stored().count(start, two.frame);
        boolean withoutHoles = two.frame - start == wanted;
        boolean isDense = withoutHoles || table.existing().count(start, two.frame) == wanted;
        contradicted |= bits > wanted;
        if (bits != wanted && !isDense) {
            addRun(two.frame, two.index);
            return;
        }
        if (runs.isEmpty()) {
            addRun(start, one.index + 1);
        }
        if (bits != wanted) {
            addDense(start, two.frame, withoutHoles);
        }
        extendRun(two.frame);
    }

    private void addRun(long startPfn, long index) {
        if (startPfn < table.endPfn()) {
            runs.add(new Run(startPfn, startPfn + 1, index));
        }
    }

    /// The last run goes on to a frame, and has it.
    private void extendRun(long pfn) {
        Run last = runs.removeLast();
        runs.add(new Run(last.startPfn, Math.min(pfn + 1, table.endPfn()), last.index));
    }

    private void addDense(long startPfn, long endPfn, boolean withoutHoles) {
        if (startPfn < endPfn) {
            denseFrames += endPfn - startPfn;
            dense.add(new Dense(startPfn, endPfn, withoutHoles));
        }
    }

    /// Sets the bits in `source`, which the table was read from; answers how many.
    long restore(PatchedSource source) throws IOException {
        long bitmapAt = table.stored().end() - ((table.endPfn() + 7) >>> 3);
        long set = 0;
        for (Dense stretch : dense) {
            for (long pfn = stretch.startPfn; pfn < stretch.endPfn; pfn++) {
                boolean isStored = stretch.withoutHoles || table.existing().get(pfn);
                if (isStored && !table.stored().get(pfn)) {
                    source.flip(bitmapAt + (pfn >>> 3), (int) (pfn & 7));
                    set++;
                }
            }
        }
        return set;
    }

    /// Which descriptor belongs to which frame; `restored` is the table with the bits that were set.
    FrameAlignment alignment(PageTable restored) throws IOException {
        List<FrameAlignment.Piece> pieces = new ArrayList<>();
        pieces.add(new FrameAlignment.Piece(0, false, 0));
        for (Run run : runs) {
            long shift = run.index - restored.descriptorIndex(run.startPfn);
            pieces.add(new FrameAlignment.Piece(run.startPfn, true, shift));
            pieces.add(new FrameAlignment.Piece(run.endPfn, false, 0));
        }
        return FrameAlignment.of(restored, pieces);
    }
}

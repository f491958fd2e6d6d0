package io.inquest.kernel.page;

import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.arch.KernelSpace;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The struct pages of a machine: what class of page each frame is, and why.
///
/// Holds nothing of the size of the machine; windows of it are classified one after the other or in any order,
/// always with the same answer. Safe for many threads.
///
/// ```java
/// PageMap map = PageMap.open(kernel, warnings);
/// byte[] classes = new byte[1 << 20];
/// map.classify(0, classes.length, classes, 2);   // classes[pfn] is PageClass.code()
/// ```
public final class PageMap {

    /// The dump levels that look at struct pages by themselves: cache and user pages.
    private static final int STRUCT_PAGE_LEVELS = 2 | 4 | 8;

    private static final int FREE_LEVEL = 16;

    private final StructPageSource source;
    private final PageClassifier classifier;
    private final BlockPool blocks;
    private final Warnings warnings;
    private final @Nullable FrameSet freeFrames;

    private PageMap(StructPageSource source, Warnings warnings, @Nullable FrameSet freeFrames) {
        this.source = source;
        this.classifier = new PageClassifier(source.layout());
        this.blocks = new BlockPool(source);
        this.warnings = warnings;
        this.freeFrames = freeFrames;
    }

    /// Finds the struct pages of `kernel`.
    ///
    /// Throws a [DumpException] that says what is missing or wrong when they cannot be found or understood;
    /// broken parts of them are told to `warnings`, now or while classifying, and their frames are kept.
    public static PageMap open(Kernel kernel, Warnings warnings) throws IOException {
        VmcoreInfo info = kernel.vmcoreInfo();
        MemoryBounds bounds =
                MemoryBounds.of(kernel.memory().endPfn(), kernel.machine().pageShift(), info, kernel.architecture());
        return open(kernel.pageTables(), info, bounds, warnings);
    }

    static PageMap open(KernelSpace space, VmcoreInfo info, MemoryBounds bounds, Warnings warnings) throws IOException {
        PageLayout layout = PageLayout.of(info, space.wordBytes(), space.order());
        MemMap memMap = new MemMapFinder(space, info, layout, bounds, warnings).find();
        StructPageSource source = new StructPageSource(space, memMap, layout);
        FrameSet free = layout.marksFreePages() ? null : new FreeLists(source, info, bounds).frames(warnings);
        return new PageMap(source, warnings, free);
    }

    /// How the kernel arranges its struct pages.
    public MemoryModel model() {
        return source.memMap().model();
    }

    /// Virtual address of the struct page of a frame, empty where the kernel knows none.
    public OptionalLong structPage(long pfn) throws IOException {
        MapPiece piece = source.memMap().piece(pfn);
        return piece.mapped()
                ? OptionalLong.of(piece.structPage(pfn, source.layout().shape.structBytes()))
                : OptionalLong.empty();
    }

    /// Bytes of a struct page.
    public int structPageBytes() {
        return source.layout().shape.structBytes();
    }

    /// Tells where the struct pages of the frames below `endPfn` are, in the order of frames.
    public void visitStructPages(long endPfn, StructPageVisitor visitor) throws IOException {
        long pfn = 0;
        while (pfn < endPfn) {
            MapPiece piece = source.memMap().piece(pfn);
            if (piece.mapped()) {
                visitor.structPages(piece.startPfn(), Math.min(piece.endPfn(), endPfn), piece.structPages());
            }
            pfn = piece.endPfn();
        }
    }

    /// Whether frames must be classified for a dump of this level.
    ///
    /// Where the kernel tells of broken memory, even level 0 must leave that out: reading it may stop the
    /// machine.
    public boolean neededFor(int dumpLevel) {
        boolean free = (dumpLevel & FREE_LEVEL) != 0 && (freeFrames == null || !freeFrames.isEmpty());
        return (dumpLevel & STRUCT_PAGE_LEVELS) != 0
                || free
                || source.layout().flags.hwpoison() != 0;
    }

    /// Writes the [PageClass#code] of each frame of `[firstPfn, firstPfn + frames)` to the start of `classes`.
    ///
    /// Frames without a readable struct page are [PageClass#KEPT]. The answer does not depend on the window's
    /// bounds nor on `threads`, the number of threads that share the work.
    public void classify(long firstPfn, int frames, byte[] classes, int threads) throws IOException {
        if (firstPfn < 0 || frames < 0 || frames > classes.length) {
            throw new IllegalArgumentException("window " + firstPfn + "+" + frames + " of " + classes.length);
        }
        Arrays.fill(classes, 0, frames, (byte) PageClass.KEPT.code());
        PageScan scan = new PageScan(source, classifier, blocks, firstPfn, frames, classes);
        scan.run(threads);
        scan.tell(warnings);
        if (freeFrames != null) {
            freeFrames.mark(firstPfn, frames, classes, PageClass.FREE);
        }
    }

    /// Counts what the frames below `endPfn` are used for.
    public PageCensus census(PageMarks marks, long endPfn) throws IOException {
        return PageCensus.of(source, classifier, marks, endPfn);
    }

    /// What is known of one frame, and the rule that decides its class: the same as [#classify] finds.
    public PageInfo describe(long pfn) throws IOException {
        return new PageDescriber(source, classifier, freeFrames).describe(pfn);
    }
}

package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.page.ClassRuns;
import io.inquest.kernel.page.StructPageFrames;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The frames of a machine in windows of bounded size: which are memory, which the input holds, and the class of
/// each.
///
/// Going through all windows the first time finds the classes; later times they come from a compact record of that.
/// Those of frames behind what the record has room for are found again each time. One window is in memory; one thread
/// at a time.
final class FrameWindows {

    /// Bounds of windows are bounds of whole sections and of whole words of bitmaps.
    private static final int LEAST_FRAMES = 1 << 15;

    private final PhysicalMemory memory;
    private final FrameClasses source;
    private final int windowFrames;
    private final PageBitmap existing;
    private final PageBitmap held;
    private final byte[] classes;
    private final ClassRuns runs;
    private final OldGarbage garbage = new OldGarbage();
    private @Nullable StructPageFrames unneeded;
    private long loaded = -1;

    /// Finds the classes of one window.
    @FunctionalInterface
    interface FrameClasses {

        /// Writes the class code of each frame that `existing` may hold to the start of `classes`.
        void find(PageBitmap existing, PageBitmap held, byte[] classes) throws IOException;
    }

    /// Windows of at most `mostFrames` frames, and within the budget.
    FrameWindows(PhysicalMemory memory, long mostFrames, MemoryBudget budget, FrameClasses source) {
        this.memory = memory;
        this.source = source;
        this.runs = new ClassRuns(budget.recordBytes());
        long wanted = Math.clamp(mostFrames, LEAST_FRAMES, budget.windowFrames());
        long needed = Math.ceilDiv(Math.min(wanted, Math.max(memory.endPfn(), 1)), LEAST_FRAMES) * (long) LEAST_FRAMES;
        this.windowFrames = (int) Math.min(needed, wanted / LEAST_FRAMES * LEAST_FRAMES);
        this.existing = new PageBitmap(windowFrames);
        this.held = new PageBitmap(windowFrames);
        this.classes = new byte[windowFrames];
    }

    /// Number of windows.
    long count() {
        return Math.ceilDiv(memory.endPfn(), windowFrames);
    }

    long endPfn() {
        return memory.endPfn();
    }

    /// The number of the window that holds `pfn`.
    long windowOf(long pfn) {
        return pfn / windowFrames;
    }

    /// Finds only which frames of a window are memory; for all else a window is to be loaded again.
    void loadExisting(long window) throws IOException {
        long first = window * windowFrames;
        loaded = -1;
        existing.reset(first, (int) Math.min(windowFrames, memory.endPfn() - first));
        memory.markExisting(existing);
    }

    /// Makes a window the one that is in memory. The first time, windows must come in order.
    void load(long window) throws IOException {
        if (window == loaded) {
            return;
        }
        garbage.window();
        long first = window * windowFrames;
        int frames = (int) Math.min(windowFrames, memory.endPfn() - first);
        existing.reset(first, frames);
        held.reset(first, frames);
        memory.markExisting(existing);
        memory.markStored(held);
        if (runs.frames() >= first + frames) {
            runs.fill(first, frames, classes);
        } else {
            source.find(existing, held, classes);
            if (!runs.isFull() && runs.frames() == first) {
                runs.append(classes, frames);
            }
        }
        if (unneeded != null) {
            unneeded.mark(first, frames, classes);
        }
        loaded = window;
    }

    /// One past the last frame from `pfn` on that is of the same class, at most `endPfn`, both of the window.
    long sameClassUntil(long pfn, long endPfn) {
        int at = (int) (pfn - held.firstPfn());
        int end = (int) (endPfn - held.firstPfn());
        int equal = Arrays.mismatch(classes, at, end - 1, classes, at + 1, end);
        return equal < 0 ? endPfn : pfn + 1 + equal;
    }

    /// The class code of a frame of the window.
    int classOf(long pfn) {
        return classes[(int) (pfn - held.firstPfn())];
    }

    /// From now on frames of struct pages that are not needed have their own class.
    void setUnneeded(StructPageFrames frames) {
        unneeded = frames;
        loaded = -1;
    }

    /// Frames of the window that are memory of the machine.
    PageBitmap existing() {
        return existing;
    }

    /// Frames of the window that the input holds.
    PageBitmap held() {
        return held;
    }

    /// Class codes of the frames of the window, from its first frame on.
    byte[] classes() {
        return classes;
    }
}

package io.inquest.kernel.page;

import io.inquest.dump.DumpException;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.KernelSpace;
import java.io.IOException;

/// Frames that stay in a dump whatever their struct pages say, because nobody can read the dump without them:
/// the page tables of the kernel, what it maps outside the direct map (vmalloc, modules, vmemmap, CPU entry areas
/// with the interrupt table), and the stacks that the CPUs were on.
///
/// Not the kernel image: the parts of it that were freed after boot are ordinary memory, and may hold data of
/// users. What is alive of it is reserved memory, which no rule leaves out.
///
/// Memory of processes is no exception: what a level promises to leave out stays out although the kernel maps
/// it. It is told from memory that only looks so by being on a list of pages that can be reclaimed, mapped by a
/// process, or part of a compound page.
public final class KeepList {

    /// Room for the scattered frames of 256 GiB in pages of 4 KiB.
    private static final int SET_BYTES = 8 << 20;

    private final PageMap map;
    private final KernelSpace space;
    private final Warnings warnings;
    private final FrameSet frames;
    private final FrameSet chosen;
    private boolean userPages;

    private KeepList(PageMap map, KernelSpace space, long endPfn, Warnings warnings) {
        this.map = map;
        this.space = space;
        this.warnings = warnings;
        this.frames = new FrameSet(endPfn, SET_BYTES);
        this.chosen = new FrameSet(endPfn, SET_BYTES);
    }

    /// The frames that can be found without knowing the kernel's types.
    public static KeepList of(Kernel kernel, PageMap map, Warnings warnings) throws IOException {
        KeepList list = of(kernel.pageTables(), map, kernel.memory().endPfn(), warnings);
        References.visitStacks(kernel, list.frames::add);
        return list;
    }

    static KeepList of(KernelSpace space, PageMap map, long endPfn, Warnings warnings) throws IOException {
        KeepList list = new KeepList(map, space, endPfn, warnings);
        list.addOwnFrames();
        if (list.frames.refused() != 0) {
            warnings.warn("the kernel maps more memory than the list of frames to keep can hold: "
                    + list.frames.refused() + " frames are left to the filter's rules");
        }
        return list;
    }

    /// Damaged tables are no reason to give up the filter: its rules keep what the list cannot name.
    private void addOwnFrames() throws IOException {
        try {
            long unreadable = space.visitOwnFrames(frames::add);
            if (unreadable != 0) {
                warnings.warn(unreadable + " of the kernel's page tables cannot be read: what they map is left to the"
                        + " filter's rules");
            }
        } catch (DumpException damaged) {
            warnings.warn(damaged.getMessage() + "; what they map is left to the filter's rules");
        }
    }

    /// Adds the memory of a task that was chosen by name: its page tables and all pages that they map, whatever
    /// the level promises.
    ///
    /// `rootTable` is the physical address of its root table.
    public void addTask(long rootTable) throws IOException {
        long unreadable = space.visitUserMemory(rootTable, (firstPfn, count) -> {
            frames.add(firstPfn, count);
            chosen.add(firstPfn, count);
        });
        if (unreadable != 0) {
            warnings.warn(unreadable + " page tables of a task cannot be read: what they map is left to the filter's"
                    + " rules");
        }
        if (chosen.refused() != 0) {
            warnings.warn("the tasks to keep have more memory than the list of frames can hold: " + chosen.refused()
                    + " frames are left to the filter's rules");
        }
    }

    /// Gives up the promise of level 8 for memory of processes that the kernel refers to: that it maps, or that
    /// the CPUs' registers and stacks point at.
    public void keepReferenced(Kernel kernel) throws IOException {
        keepUserPages();
        References.visit(kernel, frames::add);
    }

    void keepUserPages() {
        userPages = true;
    }

    /// Makes the frames of this list that lie in the window, and that a dump of this level would leave out, kept
    /// ones. Returns how many they are.
    ///
    /// `classes` holds the classes from `firstPfn` on. Broken and offline memory is never kept.
    public int apply(long firstPfn, int count, byte[] classes, int dumpLevel) throws IOException {
        int rescued = 0;
        long end = firstPfn + count;
        for (long pfn = frames.next(firstPfn, end); pfn < end; pfn = frames.next(pfn + 1, end)) {
            int at = (int) (pfn - firstPfn);
            if (PageClass.of(classes[at]).excludedAt(dumpLevel) && mayKeep(pfn, classes[at])) {
                classes[at] = (byte) PageClass.KEPT.code();
                rescued++;
            }
        }
        return rescued;
    }

    private boolean mayKeep(long pfn, int code) throws IOException {
        if (code == PageClass.HWPOISON.code() || code == PageClass.OFFLINE.code()) {
            return false;
        }
        return code != PageClass.USER.code() || userPages || chosen.contains(pfn) || !isOfProcess(map.describe(pfn));
    }

    private static boolean isOfProcess(PageInfo info) {
        return info.rule() == Rule.HUGETLB
                || info.frames() > 1
                || info.structPage().isEmpty()
                || info.structPage().get().type() >= 0
                || info.structPage().get().flagNames().contains("lru")
                || info.structPage().get().head().isPresent();
    }
}

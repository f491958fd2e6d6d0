package io.inquest.dump.elf;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The memory of a machine as segments, from a dump that has only a bit for each frame of it.
///
/// Virtual addresses are not known from such a dump: they are 0, as in the files of QEMU.
final class ExistingRuns {

    private static final int WINDOW_FRAMES = 1 << 18;

    /// Machines have a few dozen; a damaged bitmap could have millions.
    private static final int MOST_RUNS = 1 << 20;

    private final Dump dump;
    private final List<PhysicalSegment> runs = new ArrayList<>();
    private long runStart = -1;

    private ExistingRuns(Dump dump) {
        this.dump = dump;
    }

    static List<PhysicalSegment> of(Dump dump) throws IOException {
        ExistingRuns found = new ExistingRuns(dump);
        PhysicalMemory memory = dump.memory();
        PageBitmap window = new PageBitmap(WINDOW_FRAMES);
        for (long pfn = 0; pfn < memory.endPfn(); pfn += WINDOW_FRAMES) {
            window.reset(pfn, (int) Math.min(WINDOW_FRAMES, memory.endPfn() - pfn));
            memory.markExisting(window);
            found.add(window);
        }
        found.end(memory.endPfn());
        return found.runs;
    }

    private void add(PageBitmap window) throws DumpException {
        long pfn = window.firstPfn();
        while (pfn < window.endPfn()) {
            if (runStart < 0) {
                pfn = window.nextSet(pfn);
                runStart = pfn < window.endPfn() ? pfn : -1;
            } else {
                pfn = window.nextClear(pfn);
                if (pfn < window.endPfn()) {
                    end(pfn);
                }
            }
        }
    }

    private void end(long endPfn) throws DumpException {
        if (runStart < 0) {
            return;
        }
        if (runs.size() == MOST_RUNS) {
            throw new DumpException(dump.name() + ": its memory is in more than " + MOST_RUNS
                    + " pieces, too many for an ELF core; the bitmap of its memory may be damaged");
        }
        int shift = dump.memory().pageShift();
        long bytes = (endPfn - runStart) << shift;
        runs.add(new PhysicalSegment(0, runStart << shift, bytes, bytes, 0));
        runStart = -1;
    }
}

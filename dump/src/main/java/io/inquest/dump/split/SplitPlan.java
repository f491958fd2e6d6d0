package io.inquest.dump.split;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PfnRange;
import java.util.ArrayList;
import java.util.List;

/// Decides which frames go into which part of a split set, from the frames that the dump will hold.
///
/// The rule is makedumpfile's: parts begin and end at whole blocks of frames, 1 GiB by default, and a part
/// gets blocks until it has its share of the pages that the set will hold, counted from the first part on. The
/// last part ends with the machine's memory. So small machines leave parts empty, and parts differ in size as
/// their pages compress.
public final class SplitPlan {

    private final int parts;
    private final long endPfn;
    private final long blockFrames;
    private final long[] blockPages;

    /// @param parts number of files
    /// @param endPfn one past the highest frame
    /// @param blockFrames frames of a block
    public SplitPlan(int parts, long endPfn, long blockFrames) {
        if (parts < 1 || endPfn < 0 || blockFrames < 1) {
            throw new IllegalArgumentException(parts + " parts of " + endPfn + " frames in blocks of " + blockFrames);
        }
        this.parts = parts;
        this.endPfn = endPfn;
        this.blockFrames = blockFrames;
        this.blockPages = new long[Math.toIntExact(Math.ceilDiv(endPfn, blockFrames))];
    }

    /// Adds the frames of a window that the dump will hold. Each window once, in any order.
    public void add(PageBitmap stored) {
        for (long pfn = stored.nextSet(stored.firstPfn()); pfn < Math.min(stored.endPfn(), endPfn); ) {
            long end = Math.min(stored.nextClear(pfn), endPfn);
            addRun(pfn, end);
            pfn = stored.nextSet(end);
        }
    }

    private void addRun(long startPfn, long endPfn) {
        for (long pfn = startPfn; pfn < endPfn; ) {
            int block = (int) (pfn / blockFrames);
            long end = Math.min(endPfn, (block + 1) * blockFrames);
            blockPages[block] += end - pfn;
            pfn = end;
        }
    }

    /// The frames of each part, in order and without gaps from 0 to the end; some may be empty.
    public List<PfnRange> ranges() {
        long total = 0;
        for (long pages : blockPages) {
            total += pages;
        }
        long share = total / parts;
        List<PfnRange> ranges = new ArrayList<>();
        int block = 0;
        long start = 0;
        for (int part = 0; part < parts; part++) {
            long pages = 0;
            while (block < blockPages.length && pages < share) {
                pages += blockPages[block++];
            }
            long end = part == parts - 1 ? endPfn : Math.min(block * blockFrames, endPfn);
            ranges.add(new PfnRange(start, end));
            start = end;
        }
        return List.copyOf(ranges);
    }
}

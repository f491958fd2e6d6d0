package io.inquest.dump.split;

import io.inquest.dump.Dump;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.StoredForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The memory of a split set: each page frame is asked of the part that holds it.
///
/// A frame that no given part holds is asked of the first one, which has the bitmaps of the whole dump and so can
/// tell what it would be.
final class SplitMemory implements PhysicalMemory {

    private final PhysicalMemory[] memories;
    private final PfnRange[] ranges;

    /// `parts` are in order of their ranges; empty ones hold nothing.
    SplitMemory(List<Dump> parts) {
        List<PhysicalMemory> holding = new ArrayList<>();
        List<PfnRange> held = new ArrayList<>();
        for (Dump part : parts) {
            if (SplitSet.range(part).frames() > 0) {
                holding.add(part.memory());
                held.add(SplitSet.range(part));
            }
        }
        if (holding.isEmpty()) {
            holding.add(parts.getFirst().memory());
            held.add(SplitSet.range(parts.getFirst()));
        }
        memories = holding.toArray(PhysicalMemory[]::new);
        ranges = held.toArray(PfnRange[]::new);
    }

    private int part(long pfn) {
        for (int i = ranges.length - 1; i > 0; i--) {
            if (ranges[i].contains(pfn)) {
                return i;
            }
        }
        return 0;
    }

    /// How many frames from `pfn` on, at most `most`, belong to the same part.
    private int run(long pfn, int most) {
        long end = pfn + most;
        for (PfnRange range : ranges) {
            if (range.startPfn() > pfn) {
                end = Math.min(end, range.startPfn());
            } else if (range.endPfn() > pfn) {
                end = Math.min(end, range.endPfn());
            }
        }
        return (int) (end - pfn);
    }

    @Override
    public int pageShift() {
        return memories[0].pageShift();
    }

    @Override
    public long endPfn() {
        return memories[0].endPfn();
    }

    @Override
    public List<PhysicalSegment> segments() {
        return List.of();
    }

    @Override
    public PageState state(long pfn) {
        return memories[part(pfn)].state(pfn);
    }

    @Override
    public OptionalInt exclusionCode(long pfn) {
        return memories[part(pfn)].exclusionCode(pfn);
    }

    @Override
    public StoredForm storedForm(long pfn) {
        return memories[part(pfn)].storedForm(pfn);
    }

    @Override
    public long alikeUntil(long pfn) {
        return memories[part(pfn)].alikeUntil(pfn);
    }

    @Override
    public void markExisting(PageBitmap window) throws IOException {
        memories[0].markExisting(window);
    }

    @Override
    public void markStored(PageBitmap window) throws IOException {
        for (PhysicalMemory memory : memories) {
            memory.markStored(window);
        }
    }

    @Override
    public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        for (int done = 0; done < count; ) {
            int run = run(pfn + done, count - done);
            PageState[] runStates = new PageState[run];
            memories[part(pfn + done)].readPages(pfn + done, run, target, runStates);
            System.arraycopy(runStates, 0, states, done, run);
            done += run;
        }
    }

    @Override
    public void read(long physicalAddress, ByteBuffer target) throws IOException {
        long at = physicalAddress;
        int limit = target.limit();
        while (target.position() < limit) {
            long pfn = at >>> pageShift();
            int frames = (int) (((at + limit - target.position() - 1) >>> pageShift()) - pfn + 1);
            long end = (pfn + run(pfn, frames)) << pageShift();
            int length = (int) Math.min(limit - target.position(), end - at);
            target.limit(target.position() + length);
            try {
                memories[part(pfn)].read(at, target);
            } finally {
                target.limit(limit);
            }
            at += length;
        }
    }
}

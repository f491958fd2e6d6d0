package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The memory of the running system without what it reserves for the kernel that will write a dump, which no dump
/// holds.
///
/// `/proc/iomem` names it (kernel: `kernel/resource.c`), last address included; who may not see addresses sees
/// zeros:
///
/// ```
///   2b000000-34ffffff : Crash kernel
/// ```
final class CrashKernelMemory extends DelegatingMemory {

    private static final String NAME = " : Crash kernel";
    private static final int HEXADECIMAL = 16;

    private final List<PfnRange> reserved;

    CrashKernelMemory(PhysicalMemory memory, List<PfnRange> reserved) {
        super(memory);
        this.reserved = List.copyOf(reserved);
    }

    /// The frames that lines of `/proc/iomem` name.
    static List<PfnRange> parse(List<String> lines, int pageShift) {
        List<PfnRange> ranges = new ArrayList<>();
        for (String line : lines) {
            int dash = line.indexOf('-');
            int end = line.indexOf(NAME);
            if (end >= 0 && dash >= 0 && dash < end) {
                long first = Long.parseUnsignedLong(line.substring(0, dash).trim(), HEXADECIMAL);
                long last = Long.parseUnsignedLong(line.substring(dash + 1, end), HEXADECIMAL);
                if (last != 0) {
                    ranges.add(new PfnRange(first >>> pageShift, (last >>> pageShift) + 1));
                }
            }
        }
        return ranges;
    }

    @Override
    public PageState state(long pfn) {
        for (PfnRange range : reserved) {
            if (range.contains(pfn)) {
                return PageState.ABSENT;
            }
        }
        return super.state(pfn);
    }

    @Override
    public long alikeUntil(long pfn) {
        return pfn + 1;
    }

    @Override
    public void markExisting(PageBitmap window) throws IOException {
        super.markExisting(window);
        clear(window);
    }

    @Override
    public void markStored(PageBitmap window) throws IOException {
        super.markStored(window);
        clear(window);
    }

    private void clear(PageBitmap window) {
        for (PfnRange range : reserved) {
            long end = Math.min(range.endPfn(), window.endPfn());
            for (long pfn = Math.max(range.startPfn(), window.firstPfn()); pfn < end; pfn++) {
                window.clear(pfn);
            }
        }
    }
}

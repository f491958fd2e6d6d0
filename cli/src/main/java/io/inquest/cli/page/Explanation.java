package io.inquest.cli.page;

import io.inquest.dump.DumpException;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.page.PageClass;
import io.inquest.kernel.page.PageInfo;
import io.inquest.kernel.page.PageMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// All that is known of one page frame.
///
/// @param pfn the frame
/// @param state what the dump holds of it
/// @param recorded the class that the writer of the dump recorded, if it is excluded and was recorded
/// @param page what the kernel's struct page says, if it can be read
/// @param neighbours runs of frames alike around it, in order, its own among them
record Explanation(
        long pfn, PageState state, Optional<PageClass> recorded, Optional<PageInfo> page, List<Run> neighbours) {

    /// How far around a frame its neighbours are looked at.
    private static final int REACH = 512;

    /// Frames from `startPfn` up to and without `endPfn` that are in one state and of one class.
    record Run(long startPfn, long endPfn, PageState state, Optional<PageClass> pageClass) {}

    static Explanation of(long pfn, PhysicalMemory memory, @Nullable PageMap map) throws IOException {
        if (pfn < 0 || pfn >= memory.endPfn()) {
            throw new DumpException("page frame 0x" + Long.toHexString(pfn)
                    + " is outside of the dump, which ends at 0x" + Long.toHexString(memory.endPfn()));
        }
        return new Explanation(
                pfn,
                memory.state(pfn),
                recorded(memory, pfn),
                map == null ? Optional.empty() : Optional.of(map.describe(pfn)),
                neighbours(pfn, memory, map));
    }

    private static Optional<PageClass> recorded(PhysicalMemory memory, long pfn) {
        OptionalInt code = memory.exclusionCode(pfn);
        return code.isPresent() ? ofCode(code.getAsInt()) : Optional.empty();
    }

    private static Optional<PageClass> ofCode(int code) {
        for (PageClass pageClass : PageClass.values()) {
            if (pageClass.code() == code) {
                return Optional.of(pageClass);
            }
        }
        return Optional.empty();
    }

    private static List<Run> neighbours(long pfn, PhysicalMemory memory, @Nullable PageMap map) throws IOException {
        long first = Math.max(0, pfn - REACH);
        int count = (int) (Math.min(memory.endPfn(), pfn + REACH + 1) - first);
        byte[] classes = new byte[count];
        if (map != null) {
            map.classify(first, count, classes, 1);
        }
        List<Run> runs = new ArrayList<>();
        int start = 0;
        for (int at = 1; at <= count; at++) {
            PageState state = memory.state(first + start);
            if (at == count || memory.state(first + at) != state || classes[at] != classes[start]) {
                Optional<PageClass> pageClass = map == null ? Optional.empty() : ofCode(classes[start]);
                runs.add(new Run(first + start, first + at, state, pageClass));
                start = at;
            }
        }
        return around(runs, pfn);
    }

    /// The run of the frame itself, and two on either side.
    private static List<Run> around(List<Run> runs, long pfn) {
        int own = 0;
        while (runs.get(own).endPfn() <= pfn) {
            own++;
        }
        return List.copyOf(runs.subList(Math.max(0, own - 2), Math.min(runs.size(), own + 3)));
    }
}

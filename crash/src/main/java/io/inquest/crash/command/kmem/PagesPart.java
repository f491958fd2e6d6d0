package io.inquest.crash.command.kmem;

import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.memory.PageFlagNames;
import io.inquest.crash.command.memory.PageRow;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.page.FrameAddresses;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// `kmem -p`: struct pages, all of them or those of addresses.
final class PagesPart {

    private final Invocation invocation;
    private final boolean physical;
    private final Kernel kernel;

    PagesPart(Invocation invocation, boolean physical) {
        this.invocation = invocation;
        this.physical = physical;
        this.kernel = invocation.kernel();
    }

    Result result() throws IOException {
        if (invocation.words().isEmpty()) {
            return all();
        }
        List<PageRow> rows = new ArrayList<>();
        for (String word : invocation.words()) {
            PageRow.of(kernel, physicalOf(kernel, invocation.address(word), physical))
                    .ifPresent(rows::add);
        }
        return Result.rows("pages", io.inquest.crash.result.RowSource.of(rows), PageRow.LAYOUT);
    }

    /// The physical address of the frame that an address means: itself if it is one, that of a struct page, or
    /// what the kernel sees at it.
    static long physicalOf(Kernel kernel, long address, boolean physical) throws IOException {
        int shift = kernel.memory().pageShift();
        if (physical || !kernel.pageTables().isKernelAddress(address)) {
            return address >>> shift << shift;
        }
        FrameAddresses frames = FrameAddresses.of(kernel, kernel.pageMap());
        OptionalLong described = frames.frame(address);
        OptionalLong frame = described.isPresent() ? described : frames.frameAt(address);
        return frame.orElseThrow(() -> new io.inquest.crash.UsageException(
                        "invalid address: " + Long.toHexString(address) + ": it is not mapped"))
                << shift;
    }

    private Result all() throws IOException {
        PageMap map = kernel.pageMap();
        StructType page = kernel.types().struct("page");
        PageFlagNames names = PageFlagNames.of(kernel.types());
        int bytes = map.structPageBytes();
        int shift = kernel.memory().pageShift();
        return Result.<PageRow>rows(
                "pages",
                sink -> {
                    long[] lost = new long[1];
                    map.visitStructPages(kernel.memory().endPfn(), (from, end, address) -> {
                        for (long pfn = from; pfn < end; pfn++) {
                            long at = address + (pfn - from) * bytes;
                            try {
                                sink.take(PageRow.of(KernelObject.at(kernel.space(), page, at), pfn << shift, names));
                            } catch (MemoryFault missing) {
                                lost[0]++;
                            }
                        }
                    });
                    return lost[0] == 0
                            ? Ending.COMPLETE
                            : Ending.incomplete(lost[0] + " struct pages are not in the dump");
                },
                PageRow.LAYOUT);
    }
}

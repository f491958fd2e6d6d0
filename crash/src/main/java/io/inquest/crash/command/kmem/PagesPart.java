package io.inquest.crash.command.kmem;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.memory.PageFlagNames;
import io.inquest.crash.command.memory.PageRow;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
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

/// `kmem -p` and `-m`: struct pages, all of them or those of addresses.
final class PagesPart {

    private final Invocation invocation;
    private final boolean physical;
    private final Kernel kernel;

    PagesPart(Invocation invocation, boolean physical) {
        this.invocation = invocation;
        this.physical = physical;
        this.kernel = invocation.kernel();
    }

    /// What is told of a frame.
    @FunctionalInterface
    private interface Telling<R> {
        R of(KernelObject page, long physical);
    }

    /// The members that tell what a page is used for.
    Result usage() throws IOException {
        PageFlagNames names = PageFlagNames.of(kernel.types());
        return rows((page, physicalAddress) -> PageRow.of(page, physicalAddress, names), PageRow.LAYOUT);
    }

    /// Chosen members: `flags,lru.next`.
    Result members(String list) throws IOException {
        PageMembers members =
                PageMembers.parse(list, kernel, invocation.session().settings().isHexadecimal());
        return rows((page, physicalAddress) -> members.of(page), members);
    }

    private <R> Result rows(Telling<R> telling, Layout<R> layout) throws IOException {
        return Result.rows("pages", invocation.words().isEmpty() ? all(telling) : asked(telling), layout);
    }

    private <R> RowSource<R> asked(Telling<R> telling) throws IOException {
        int shift = kernel.memory().pageShift();
        List<R> rows = new ArrayList<>();
        for (String word : invocation.words()) {
            long frame = physicalOf(kernel, invocation.address(word), physical);
            OptionalLong page = kernel.pageMap().structPage(frame >>> shift);
            if (page.isPresent()) {
                rows.add(telling.of(kernel.object("struct page", page.getAsLong()), frame));
            }
        }
        return RowSource.of(rows);
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
        return frame.orElseThrow(() ->
                        new UsageException("invalid address: " + Long.toHexString(address) + ": it is not mapped"))
                << shift;
    }

    private <R> RowSource<R> all(Telling<R> telling) throws IOException {
        PageMap map = kernel.pageMap();
        StructType page = kernel.types().struct("page");
        int bytes = map.structPageBytes();
        int shift = kernel.memory().pageShift();
        return sink -> {
            long[] lost = new long[1];
            map.visitStructPages(kernel.memory().endPfn(), (from, end, address) -> {
                for (long pfn = from; pfn < end; pfn++) {
                    long at = address + (pfn - from) * bytes;
                    try {
                        sink.take(telling.of(KernelObject.at(kernel.space(), page, at), pfn << shift));
                    } catch (MemoryFault missing) {
                        lost[0]++;
                    }
                }
            });
            return lost[0] == 0 ? Ending.COMPLETE : Ending.incomplete(lost[0] + " struct pages are not in the dump");
        };
    }
}

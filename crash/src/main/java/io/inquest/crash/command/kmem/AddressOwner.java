package io.inquest.crash.command.kmem;

import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.memory.PageRow;
import io.inquest.crash.command.task.ContextLayout;
import io.inquest.crash.command.task.TaskContext;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.FrameAddresses;
import io.inquest.kernel.slab.SlabCaches;
import io.inquest.kernel.slab.SlabObject;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.vm.VmallocArea;
import io.inquest.kernel.vm.VmallocAreas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Tells what an address belongs to: a symbol, an object of a slab, a task, a mapped area, and its page.
final class AddressOwner {

    private final Invocation invocation;
    private final Kernel kernel;
    private final boolean physical;

    AddressOwner(Invocation invocation, boolean physical) {
        this.invocation = invocation;
        this.kernel = invocation.kernel();
        this.physical = physical;
    }

    Result of(long address) throws IOException {
        List<Result> parts = new ArrayList<>();
        if (!physical && kernel.pageTables().isKernelAddress(address)) {
            symbol(address).ifPresent(parts::add);
            slabObject(address).ifPresent(parts::add);
            task(address).ifPresent(parts::add);
            area(address).ifPresent(parts::add);
        }
        freeBlock(address).ifPresent(parts::add);
        page(address).ifPresent(parts::add);
        return Result.separated(RowSource.of(parts));
    }

    private Optional<Result> symbol(long address) throws IOException {
        return kernel.symbols()
                .at(address)
                .map(place -> Result.one(new SymbolRow(address, place.symbol(), place.offset()), SymbolRow.LAYOUT));
    }

    private Optional<Result> slabObject(long address) throws IOException {
        SlabCaches caches = SlabCaches.of(kernel);
        OptionalLong described = FrameAddresses.of(kernel, kernel.pageMap()).frame(address);
        Optional<SlabObject> object = described.isPresent() ? Optional.empty() : caches.objectAt(address);
        return object.isEmpty()
                ? Optional.empty()
                : Optional.of(Result.one(SlabObjectRow.of(object.get(), caches), SlabObjectRow.ONE));
    }

    private Optional<Result> task(long address) throws IOException {
        int stackBytes = kernel.stacks().taskStackBytes();
        Task found = null;
        for (Task task : kernel.tasks().all()) {
            if (isWithin(address, stack(task), stackBytes)) {
                found = task;
                break;
            }
            // The kernel allocates less than the type says where the processor needs less: the next task may lie there.
            boolean nearer = found == null || Long.compareUnsigned(found.address(), task.address()) < 0;
            if (nearer && isWithin(address, task.address(), task.struct().bytes())) {
                found = task;
            }
        }
        return found == null
                ? Optional.empty()
                : Optional.of(Result.one(TaskContext.of(invocation.session(), found), new ContextLayout(7)));
    }

    /// 0 when the dump does not have the pointer.
    private static long stack(Task task) {
        try {
            return task.stack();
        } catch (MemoryFault missing) {
            return 0;
        }
    }

    private static boolean isWithin(long address, long start, long bytes) {
        return start != 0 && Long.compareUnsigned(address - start, bytes) < 0;
    }

    private Optional<Result> freeBlock(long address) throws IOException {
        long pfn = PagesPart.physicalOf(kernel, address, physical)
                >>> kernel.memory().pageShift();
        return new FreeBlockPart(kernel).of(pfn);
    }

    private Optional<Result> area(long address) throws IOException {
        for (VmallocArea area : VmallocAreas.of(kernel).areas()) {
            if (area.contains(address)) {
                return Optional.of(Result.one(area, VmallocPart.LAYOUT));
            }
        }
        return Optional.empty();
    }

    private Optional<Result> page(long address) throws IOException {
        try {
            return PageRow.of(kernel, PagesPart.physicalOf(kernel, address, physical))
                    .map(row -> Result.one(row, PageRow.LAYOUT));
        } catch (MemoryFault missing) {
            return Optional.of(Result.text("(" + missing.getMessage() + ")\n"));
        }
    }
}

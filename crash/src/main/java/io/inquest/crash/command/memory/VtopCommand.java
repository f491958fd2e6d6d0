package io.inquest.crash.command.memory;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.WalkStep;
import io.inquest.kernel.arch.PageEntry;
import io.inquest.kernel.file.FilePath;
import io.inquest.kernel.page.PageClass;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.vm.MemoryMap;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `vtop`: what a virtual address is mapped to, level by level.
public final class VtopCommand implements Command {

    private static final Option USER = Option.flag("u", "the addresses are the current task's");
    private static final Option KERNEL = Option.flag("k", "the addresses are the kernel's");
    private static final Option TASK = Option.value("c", "pid | task", "the addresses are that task's");

    private static final Declaration DECLARATION = Declaration.of("vtop", "virtual address to physical address")
            .options(USER, KERNEL, TASK)
            .takes("address | symbol", 1, Declaration.ANY_NUMBER)
            .details("""
                Shows the entry of each page table on the way, the flags of the last one, the area of a task's
                memory, and the struct page. When the dump does not have the page, the reason is told.\
                """)
            .example("vtop -c 1 400000", "the first page of init's program")
            .example("vtop ffffc90000000000", "an address in vmalloc memory");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        return Result.separated(sink -> {
            for (String word : invocation.words()) {
                sink.take(Result.one(translation(invocation, invocation.address(word)), Translation.LAYOUT));
            }
            return Ending.COMPLETE;
        });
    }

    private static Translation translation(Invocation invocation, long address) throws IOException {
        Kernel kernel = invocation.kernel();
        boolean user = invocation.has(USER) || (!invocation.has(KERNEL) && !Source.isKernelAddress(kernel, address));
        if (!user) {
            return of(kernel, address, kernel.pageTables(), false, rootTable(kernel), Optional.empty());
        }
        Optional<MemoryMap> memory = UserMemory.find(invocation, task(invocation));
        if (memory.isEmpty()) {
            return Translation.ofNoMemory(address);
        }
        MemoryMap map = memory.get();
        FilePath paths = new FilePath(kernel.types());
        Optional<AreaRow> area = map.areaAt(address).map(found -> AreaRow.of(found, paths));
        return of(kernel, address, map.space(), true, map.rootTable(), area);
    }

    private static Task task(Invocation invocation) throws IOException {
        Optional<String> word = invocation.value(TASK);
        return word.isEmpty()
                ? invocation.session().current()
                : TaskSelection.from(invocation.kernel())
                        .meantBy(List.of(word.get()))
                        .getFirst();
    }

    private static long rootTable(Kernel kernel) throws IOException {
        for (String name : List.of("init_top_pgt", "swapper_pg_dir", "init_level4_pgt")) {
            if (kernel.symbols().address(name).isPresent()) {
                return kernel.symbols().address(name).getAsLong();
            }
        }
        return kernel.pageTables().rootTable();
    }

    private static Translation of(
            Kernel kernel, long address, AddressSpace space, boolean user, long root, Optional<AreaRow> area)
            throws IOException {
        Mapping mapping = space.translate(address, 1);
        List<WalkStep> steps = mapping.steps();
        Optional<PageEntry> entry = steps.isEmpty()
                ? Optional.empty()
                : Optional.of(kernel.architecture().pageEntry(steps.getLast().entry()));
        Optional<PageRow> page = Optional.empty();
        String missing = "";
        if (mapping instanceof Mapping.Mapped mapped) {
            page = page(kernel, mapped.to());
            missing = missing(kernel, mapped.to() >>> kernel.memory().pageShift());
        }
        int shift = kernel.memory().pageShift();
        return new Translation(address, user, root, mapping, entry, shift, area, page, missing);
    }

    private static Optional<PageRow> page(Kernel kernel, long physical) throws IOException {
        long start = physical & -(1L << kernel.memory().pageShift());
        try {
            return PageRow.of(kernel, start);
        } catch (MemoryFault structPageMissing) {
            return Optional.empty();
        }
    }

    /// Why the dump does not have a frame, with the class it was left out for as far as it is known.
    private static String missing(Kernel kernel, long pfn) throws IOException {
        PageState state = kernel.memory().state(pfn);
        if (state.readable()) {
            return "";
        }
        String reason = switch (state) {
            case EXCLUDED -> "page excluded from the dump";
            case LOST -> "page incomplete in the dump";
            default -> "page not in the dump";
        };
        PageClass why = kernel.pageMap().describe(pfn).pageClass();
        return state == PageState.EXCLUDED && why != PageClass.KEPT ? reason + ": " + why.label() : reason;
    }
}

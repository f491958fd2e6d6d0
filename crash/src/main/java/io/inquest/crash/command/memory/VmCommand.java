package io.inquest.crash.command.memory;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.command.type.ObjectLayout;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.session.Expression;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Architecture;
import io.inquest.kernel.file.FilePath;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.vm.AreaFlags;
import io.inquest.kernel.vm.MemoryArea;
import io.inquest.kernel.vm.MemoryMap;
import io.inquest.kernel.vm.ResidentPages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `vm`: the virtual memory of tasks.
public final class VmCommand implements Command {

    private static final Option PAGES = Option.flag("p", "where each page of each area is");
    private static final Option ONE_AREA = Option.value("P", "vma", "where each page of that area is");
    private static final Option OTHER_MAP = Option.value("M", "mm", "take that mm_struct for the task's");
    private static final Option STRUCT = Option.flag("m", "the mm_struct");
    private static final Option STRUCTS = Option.flag("v", "each vm_area_struct");
    private static final Option HEXADECIMAL = Option.flag("x", "numbers of -m and -v in hexadecimal");
    private static final Option DECIMAL = Option.flag("d", "numbers of -m and -v in decimal");
    private static final Option REFERENCE = Option.value("R", "text", "only areas with that address or file name");
    private static final Option FLAGS = Option.value("f", "flags", "the names of the flags of an area");

    private static final Declaration DECLARATION = Declaration.of("vm", "virtual memory of tasks")
            .options(PAGES, ONE_AREA, OTHER_MAP, STRUCT, STRUCTS, HEXADECIMAL, DECIMAL, REFERENCE, FLAGS)
            .takes("pid | task", 0, Declaration.ANY_NUMBER)
            .details("Without a task, the current one.")
            .example("vm 1", "the areas of init")
            .example("vm -p", "which pages are in memory")
            .example("vm -f 8001875", "what these flags mean");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Optional<String> flags = invocation.value(FLAGS);
        if (flags.isPresent()) {
            long bits = invocation.address(flags.get());
            return Result.text(Long.toHexString(bits) + ": (" + String.join("|", AreaFlags.names(bits)) + ")\n");
        }
        List<Task> tasks = TaskSelection.orCurrent(invocation);
        ResidentPages resident = ResidentPages.of(invocation.kernel());
        return Result.separated(sink -> {
            for (Task task : tasks) {
                List<Result> parts = of(invocation, task, resident);
                if (!parts.isEmpty()) {
                    sink.take(Result.several(parts));
                }
            }
            return Ending.COMPLETE;
        });
    }

    private static List<Result> of(Invocation invocation, Task task, ResidentPages resident) throws IOException {
        Result heading = Result.one(TaskHeader.of(task), TaskLine.LAYOUT);
        Optional<MemoryMap> map = map(invocation, task);
        if (invocation.has(STRUCT)) {
            return List.of(
                    heading,
                    map.isEmpty()
                            ? Result.nothing()
                            : value(invocation, map.get().struct()));
        }
        Result memory = MapRow.of(task, map, resident);
        if (map.isEmpty()) {
            return invocation.value(REFERENCE).isPresent() ? List.of() : List.of(heading, memory);
        }
        if (invocation.has(STRUCTS)) {
            return List.of(heading, structs(invocation, map.get()));
        }
        RowSource<AreaPages> areas = areas(invocation, map.get());
        if (invocation.value(REFERENCE).isPresent()) {
            return referring(heading, memory, areas);
        }
        if (invocation.value(ONE_AREA).isPresent()) {
            List<AreaPages> one = new ArrayList<>();
            Ending ending = areas.forEach(one::add);
            Result found = one.isEmpty()
                    ? Result.text("(not found)\n")
                    : Result.rows(
                            "areas", sink -> RowSource.of(one).forEach(sink).and(ending), AreaPages.WITH_PAGES);
            return List.of(heading, found);
        }
        return List.of(
                heading,
                memory,
                Result.rows("areas", areas, invocation.has(PAGES) ? AreaPages.WITH_PAGES : AreaPages.AREAS));
    }

    /// The areas that refer to something, which must be known first: a task without any is not shown.
    private static List<Result> referring(Result heading, Result memory, RowSource<AreaPages> areas)
            throws IOException {
        List<AreaPages> found = new ArrayList<>();
        Ending ending = areas.forEach(found::add);
        RowSource<AreaPages> rows = sink -> RowSource.of(found).forEach(sink).and(ending);
        return found.isEmpty() && ending.isComplete()
                ? List.of()
                : List.of(heading, memory, Result.rows("areas", rows, AreaPages.AREAS));
    }

    private static Optional<MemoryMap> map(Invocation invocation, Task task) throws IOException {
        Kernel kernel = invocation.kernel();
        Optional<String> other = invocation.value(OTHER_MAP);
        Optional<KernelObject> mm = other.isPresent()
                ? Optional.of(kernel.object("struct mm_struct", invocation.address(other.get())))
                : task.mm();
        return mm.map(struct -> new MemoryMap(kernel, struct));
    }

    private static RowSource<AreaPages> areas(Invocation invocation, MemoryMap map) throws IOException {
        FilePath paths = new FilePath(invocation.kernel().types());
        Optional<String> reference = invocation.value(REFERENCE);
        Optional<Long> one = invocation.value(ONE_AREA).map(invocation::address);
        Walk<MemoryArea> areas = map.areas();
        Architecture architecture = invocation.kernel().architecture();
        return sink -> {
            Ending ending = Ending.COMPLETE;
            for (MemoryArea area : areas) {
                AreaRow row;
                try {
                    row = AreaRow.of(area, paths);
                } catch (MemoryFault lost) {
                    ending = ending.and(Ending.incomplete("an area is missing: " + lost.getMessage()));
                    continue;
                }
                boolean wanted = one.map(address -> address == area.address()).orElse(true);
                AreaPages pages = new AreaPages(row, area, map, architecture, OptionalLong.empty());
                if (reference.isPresent()) {
                    pages = referredPage(pages, reference.get());
                    wanted = pages.page().isPresent() || refersTo(row, reference.get());
                }
                if (wanted) {
                    sink.take(pages);
                }
            }
            return ending.and(Ending.of(areas.end())).and(Ending.of(paths.end()));
        };
    }

    private static boolean refersTo(AreaRow row, String text) {
        OptionalLong number = Expression.number(text, 16);
        boolean isMeant =
                number.isPresent() && (number.getAsLong() == row.address() || number.getAsLong() == row.flags());
        return isMeant || row.file().contains(text);
    }

    private static AreaPages referredPage(AreaPages area, String text) throws IOException {
        OptionalLong number = Expression.number(text, 16);
        OptionalLong page = number.isPresent() ? area.pageOf(number.getAsLong()) : OptionalLong.empty();
        return new AreaPages(area.row(), area.area(), area.map(), area.architecture(), page);
    }

    private static Result structs(Invocation invocation, MemoryMap map) throws IOException {
        List<Result> values = new ArrayList<>();
        for (MemoryArea area : map.areas()) {
            values.add(value(invocation, area.struct()));
        }
        return Result.several(values);
    }

    private static Result value(Invocation invocation, KernelObject struct) throws IOException {
        boolean hexadecimal = invocation.has(HEXADECIMAL)
                || (invocation.session().settings().isHexadecimal() && !invocation.has(DECIMAL));
        return Result.one(struct, new ObjectLayout(invocation.values(hexadecimal)));
    }
}

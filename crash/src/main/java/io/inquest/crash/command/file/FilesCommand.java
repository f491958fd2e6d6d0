package io.inquest.crash.command.file;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.command.memory.PageFlagNames;
import io.inquest.crash.command.memory.PageRow;
import io.inquest.crash.command.memory.TaskLine;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.file.FilePath;
import io.inquest.kernel.file.FileTable;
import io.inquest.kernel.file.InodeKind;
import io.inquest.kernel.file.OpenFile;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.XArray;
import io.inquest.kernel.page.FrameAddresses;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `files`: what tasks have open, their root and working directory.
public final class FilesCommand implements Command {

    private static final Option DENTRY = Option.value("d", "dentry", "the inode, file system and path of a dentry");
    private static final Option INODE = Option.value("p", "inode", "the number of cached pages of an inode");
    private static final Option CACHED = Option.flag("c", "the number of cached pages of each file");
    private static final Option REFERENCE = Option.value("R", "text", "only files with that number, address or name");

    private static final Declaration DECLARATION = Declaration.of("files", "open files of tasks")
            .options(DENTRY, INODE, CACHED, REFERENCE)
            .takes("pid | task", 0, Declaration.ANY_NUMBER)
            .details("Without a task, the current one.")
            .example("files 1", "what init has open")
            .example("foreach files -R console", "who has the console open");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        Optional<String> dentry = invocation.value(DENTRY);
        if (dentry.isPresent()) {
            KernelObject struct = kernel.object("struct dentry", invocation.address(dentry.get()));
            FilePath paths = new FilePath(kernel.types());
            DentryRow row = DentryRow.of(struct, paths, mountsOfInit(kernel));
            return Result.one(row, DentryRow.LAYOUT, Ending.of(paths.end()));
        }
        Optional<String> inode = invocation.value(INODE);
        if (inode.isPresent()) {
            return inode(kernel, kernel.object("struct inode", invocation.address(inode.get())));
        }
        List<Task> tasks = TaskSelection.orCurrent(invocation);
        return Result.separated(sink -> {
            Ending ending = Ending.COMPLETE;
            for (Task task : tasks) {
                List<Result> parts = of(invocation, task);
                if (!parts.isEmpty()) {
                    sink.take(Result.several(parts));
                }
            }
            return ending;
        });
    }

    /// The mount namespace of process 1; 0 if it cannot be told.
    private static long mountsOfInit(Kernel kernel) throws IOException {
        Optional<Task> init = kernel.tasks().withPid(1);
        try {
            return init.isEmpty()
                    ? 0
                    : init.get()
                            .struct()
                            .member("nsproxy")
                            .dereference()
                            .member("mnt_ns")
                            .unsigned();
        } catch (MemoryFault missing) {
            return 0;
        }
    }

    /// The number of cached pages, and the pages themselves.
    private static Result inode(Kernel kernel, KernelObject inode) throws IOException {
        Result count = Result.one(inode, new InodeLayout());
        KernelObject mapping = inode.member("i_mapping");
        if (mapping.isZero() || FileRow.cachedPages(inode) == 0) {
            return count;
        }
        FrameAddresses frames = FrameAddresses.of(kernel, kernel.pageMap());
        PageFlagNames names = PageFlagNames.of(kernel.types());
        Walk<XArray.Entry> entries =
                XArray.entries(mapping.dereference().firstOf("i_pages", "page_tree"), kernel.types());
        RowSource<PageRow> pages = sink -> {
            for (XArray.Entry entry : entries) {
                OptionalLong frame = frames.frame(entry.word());
                if (frame.isPresent()) {
                    long physical = frame.getAsLong() << kernel.memory().pageShift();
                    sink.take(PageRow.of(kernel.object("struct page", entry.word()), physical, names));
                }
            }
            return Ending.of(entries.end());
        };
        return Result.several(List.of(count, Result.text("\n"), Result.rows("pages", pages, PageRow.LAYOUT)));
    }

    private static List<Result> of(Invocation invocation, Task task) throws IOException {
        FilePath paths = new FilePath(invocation.kernel().types());
        KernelObject files = task.struct().member("files");
        Walk<OpenFile> open = files.isZero() ? Walk.of(List.of()) : new FileTable(files.dereference()).open();
        Optional<String> reference = invocation.value(REFERENCE);
        List<FileRow> rows = new ArrayList<>();
        Ending ending = Ending.COMPLETE;
        for (OpenFile file : open) {
            try {
                FileRow row = FileRow.of(file, paths);
                if (reference.map(row::refersTo).orElse(true)) {
                    rows.add(row);
                }
            } catch (MemoryFault lost) {
                ending = ending.and(
                        Ending.incomplete("file " + file.descriptor() + " is missing: " + lost.getMessage()));
            }
        }
        ending = ending.and(Ending.of(open.end())).and(Ending.of(paths.end()));
        if (rows.stream().anyMatch(row -> row.kind().equals(FileRow.UNKNOWN_KIND))) {
            ending = ending.and(
                    Ending.incomplete("files of kind " + FileRow.UNKNOWN_KIND + ": their inodes are not in the dump"));
        }
        List<Result> parts = new ArrayList<>();
        if (reference.isPresent() && rows.isEmpty() && ending.isComplete()) {
            return parts;
        }
        parts.add(Result.one(TaskHeader.of(task), TaskLine.LAYOUT));
        KernelObject fs = task.struct().member("fs");
        if (!fs.isZero()) {
            Directories directories = Directories.of(fs.dereference(), paths);
            parts.add(Result.one(directories, Directories.LAYOUT, Ending.of(paths.end())));
        }
        if (!rows.isEmpty() || !ending.isComplete()) {
            parts.add(Result.rows("files", ended(rows, ending), new FileRow.FileLayout(invocation.has(CACHED))));
        } else {
            parts.add(Result.text("No open files\n"));
        }
        return parts;
    }

    private static RowSource<FileRow> ended(List<FileRow> rows, Ending ending) {
        return sink -> RowSource.of(rows).forEach(sink).and(ending);
    }

    /// Where a task's paths begin.
    private record Directories(String root, String working) {

        static final Layout<Directories> LAYOUT = new Layout<>() {

            @Override
            public void text(Directories row, TextWriter out) throws IOException {
                out.text("ROOT: ").text(row.root()).text("    CWD: ").line(row.working());
            }

            @Override
            public void members(Directories row, JsonWriter json) throws IOException {
                json.name("root").value(row.root()).name("cwd").value(row.working());
            }
        };

        static Directories of(KernelObject fs, FilePath paths) {
            return new Directories(paths.of(fs.member("root")), paths.of(fs.member("pwd")));
        }
    }

    /// The number of pages that an inode has in the page cache.
    private static final class InodeLayout implements Layout<KernelObject> {

        @Override
        public void text(KernelObject inode, TextWriter out) throws IOException {
            out.line("     INODE        NRPAGES");
            out.hex(inode.address(), 16).right(FileRow.cachedPages(inode), 9).newLine();
        }

        @Override
        public void members(KernelObject inode, JsonWriter json) throws IOException {
            json.name("inode")
                    .hex(inode.address())
                    .name("kind")
                    .value(InodeKind.of(inode).label());
            json.name("pages").value(FileRow.cachedPages(inode));
        }
    }
}

package io.inquest.crash.command.memory;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.WalkStep;
import io.inquest.kernel.arch.PageEntry;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A virtual address and the way through the page tables to what it is mapped to.
///
/// @param address the virtual address
/// @param user whether it is one of a task
/// @param rootTable virtual address of the root table
/// @param mapping how the walk ended
/// @param entry its last entry, explained
/// @param pageShift log2 of the bytes of a page
/// @param area of the task's memory that it lies in
/// @param page the frame that it is mapped to
/// @param missing why the dump does not have that frame, empty if it has
record Translation(
        long address,
        boolean user,
        long rootTable,
        Mapping mapping,
        Optional<PageEntry> entry,
        int pageShift,
        Optional<AreaRow> area,
        Optional<PageRow> page,
        String missing) {

    static final Layout<Translation> LAYOUT = new TranslationLayout();

    /// That of a user address for a task without memory of its own: a kernel thread, or a process that has ended.
    static Translation ofNoMemory(long address) {
        Mapping none = new Mapping.NotPresent(address, 1, List.of());
        return new Translation(address, true, 0, none, Optional.empty(), 0, Optional.empty(), Optional.empty(), "");
    }

    Optional<Long> physical() {
        return mapping instanceof Mapping.Mapped mapped ? Optional.of(mapped.to()) : Optional.empty();
    }

    private static final class TranslationLayout implements Layout<Translation> {

        private static final int KERNEL_WIDTH = 16;
        private static final int USER_WIDTH = 10;
        private static final List<String> HUGE = List.of("PMD", "PUD");
        private static final List<String> SIZES = List.of("(2MB)", "(1GB)");

        @Override
        public void text(Translation row, TextWriter out) throws IOException {
            int width = row.user() ? USER_WIDTH : KERNEL_WIDTH;
            out.left("VIRTUAL", width).text("  ").left("PHYSICAL", KERNEL_WIDTH).newLine();
            out.left(Long.toHexString(row.address()), width).text("  ");
            if (row.mapping().steps().isEmpty()) {
                out.line(row.physical().map(Long::toHexString).orElse("(not accessible)"))
                        .newLine();
                return;
            }
            Optional<Long> physical = row.physical();
            if (physical.isPresent()) {
                out.left(Long.toHexString(physical.get()), KERNEL_WIDTH).newLine();
            } else {
                out.line(row.mapping() instanceof Mapping.TableUnreadable ? "(page table missing)" : "(not mapped)");
            }
            out.newLine();
            steps(row, out);
            rest(row, out);
        }

        private static void steps(Translation row, TextWriter out) throws IOException {
            List<WalkStep> steps = row.mapping().steps();
            int first = 0;
            if (!row.user()) {
                out.text("PGD DIRECTORY: ").hex(row.rootTable()).newLine();
                out.text("PAGE DIRECTORY: ").hex(steps.getFirst().entry()).newLine();
                first = 1;
            }
            for (WalkStep step : steps.subList(first, steps.size())) {
                out.right(step.level(), 6).text(": ").hex(step.entryAddress());
                out.text(" => ").hex(step.entry()).newLine();
            }
            if (row.mapping() instanceof Mapping.TableUnreadable unreadable) {
                out.text("        ").line(unreadable.reason());
            }
            Optional<Long> physical = row.physical();
            if (physical.isPresent()) {
                int huge = HUGE.indexOf(steps.getLast().level());
                long start = huge < 0 ? physical.get() & -(1L << row.pageShift()) : physicalOf(row);
                out.text("  PAGE: ").hex(start).line(huge < 0 ? row.user() ? "  " : "" : "  " + SIZES.get(huge));
            }
            out.newLine();
        }

        private static long physicalOf(Translation row) {
            return row.entry().map(PageEntry::physical).orElse(0L) & -(1L << 21);
        }

        private static void rest(Translation row, TextWriter out) throws IOException {
            List<WalkStep> steps = row.mapping().steps();
            long last = steps.getLast().entry();
            Optional<PageEntry> entry = row.entry();
            if (entry.isPresent() && entry.get().state() != PageEntry.State.EMPTY && !isTable(row)) {
                new EntryRow(last, entry.get()).text(out, true);
                out.newLine();
            }
            if (row.area().isPresent()) {
                out.line(AreaRow.HEADING);
                row.area().get().text(out);
                out.newLine();
            }
            if (row.page().isPresent()) {
                PageRow.LAYOUT.begin(out);
                PageRow.LAYOUT.text(row.page().get(), out);
            }
            if (!row.missing().isEmpty()) {
                out.line(row.missing());
            }
        }

        /// Whether the walk ended before the last entry could be a page's.
        private static boolean isTable(Translation row) {
            return row.mapping() instanceof Mapping.TableUnreadable;
        }

        @Override
        public void members(Translation row, JsonWriter json) throws IOException {
            json.name("virtual").hex(row.address());
            Optional<Long> physical = row.physical();
            if (physical.isPresent()) {
                json.name("physical").hex(physical.get());
            }
            json.name("steps").beginArray();
            for (WalkStep step : row.mapping().steps()) {
                json.beginObject().name("level").value(step.level());
                json.name("entryAt")
                        .hex(step.entryAddress())
                        .name("entry")
                        .hex(step.entry())
                        .endObject();
            }
            json.endArray();
            if (row.entry().isPresent()) {
                json.name("flags").beginArray();
                for (String flag : row.entry().get().flags()) {
                    json.value(flag);
                }
                json.endArray();
            }
            if (row.area().isPresent()) {
                json.name("area").beginObject();
                row.area().get().members(json);
                json.endObject();
            }
            if (row.page().isPresent()) {
                json.name("page").beginObject();
                PageRow.LAYOUT.members(row.page().get(), json);
                json.endObject();
            }
            if (!row.missing().isEmpty()) {
                json.name("missing").value(row.missing());
            }
        }
    }
}

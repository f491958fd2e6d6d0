package io.inquest.crash.command.memory;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.vm.MemoryMap;
import io.inquest.kernel.vm.ResidentPages;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.Optional;

/// The sizes of a task's memory; all 0 for a kernel thread.
///
/// @param mm address of its `struct mm_struct`
/// @param rootTable virtual address of its root page table
record MapRow(long mm, long rootTable, long residentKiB, long totalKiB) {

    private static final int PAGE_KIB = 4;

    private static final Layout<MapRow> LAYOUT = new MapLayout();

    /// The answer about a task's memory; it says so where a part of what is resident cannot be read.
    static Result of(Task task, Optional<MemoryMap> map, ResidentPages resident) throws IOException {
        if (map.isEmpty()) {
            return Result.one(new MapRow(0, 0, 0, 0), LAYOUT);
        }
        MemoryMap memory = map.get();
        ResidentPages.Count counted = resident.of(memory.struct());
        MapRow row = new MapRow(
                memory.address(), memory.rootTable(), counted.pages() * PAGE_KIB, memory.totalPages() * PAGE_KIB);
        Ending ending = counted.lost().map(lost -> Ending.lostTask(task, lost)).orElse(Ending.COMPLETE);
        return Result.one(row, LAYOUT, ending);
    }

    private static final class MapLayout implements Layout<MapRow> {

        @Override
        public void text(MapRow row, TextWriter out) throws IOException {
            out.line("       MM               PGD          RSS    TOTAL_VM");
            out.centre(Long.toHexString(row.mm()), 16).text("  ");
            out.centre(Long.toHexString(row.rootTable()), 16).text("  ");
            out.centre(row.residentKiB() + "k", 6).text("  ");
            out.centre(row.totalKiB() + "k", 8).newLine();
        }

        @Override
        public void members(MapRow row, JsonWriter json) throws IOException {
            json.name("mm").hex(row.mm()).name("pgd").hex(row.rootTable());
            json.name("rssKiB").value(row.residentKiB()).name("totalKiB").value(row.totalKiB());
        }
    }
}

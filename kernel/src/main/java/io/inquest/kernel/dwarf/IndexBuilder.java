package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes the index of a debug file in one pass over its units, several threads side by side.
final class IndexBuilder {

    /// More threads than this wait for memory, not for each other.
    private static final int MOST_THREADS = 8;

    /// Units taken at once: few enough to keep threads busy to the end, enough to read on in one window.
    private static final int BATCH = 8;

    private final DebugSections sections;
    private final UnitStarts units;

    private IndexBuilder(DebugSections sections, UnitStarts units) {
        this.sections = sections;
        this.units = units;
    }

    /// What the index lacks because it was damaged is left out.
    static NameIndex build(DebugSections sections, String buildId, long fileSize) {
        UnitStarts units = UnitStarts.read(sections);
        IndexBuilder builder = new IndexBuilder(sections, units);
        EntryTable table = new EntryTable();
        for (Section section : Section.values()) {
            builder.collect(section, table);
        }
        return new IndexWriter(sections, table).write(buildId, fileSize, units);
    }

    private void collect(Section section, EntryTable into) {
        int count = units.of(section).length;
        int threads = Math.min(
                Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()), Math.ceilDiv(count, BATCH));
        AtomicInteger next = new AtomicInteger();
        if (threads <= 1) {
            scanUnits(section, next, into);
            return;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads - 1)) {
            List<Future<EntryTable>> others = new ArrayList<>();
            for (int i = 1; i < threads; i++) {
                others.add(pool.submit(() -> scanUnits(section, next, new EntryTable())));
            }
            scanUnits(section, next, into);
            for (Future<EntryTable> other : others) {
                into.addAll(other.get());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private EntryTable scanUnits(Section section, AtomicInteger next, EntryTable table) {
        long[] starts = units.of(section);
        if (starts.length == 0) {
            return table;
        }
        SectionCursor cursor = IndexScan.cursorFor(sections, section);
        IndexScan scan = new IndexScan(sections, 0, table);
        for (int from = next.getAndAdd(BATCH); from < starts.length; from = next.getAndAdd(BATCH)) {
            for (int i = from; i < Math.min(from + BATCH, starts.length); i++) {
                scanUnit(scan, cursor, section, starts[i]);
            }
        }
        return table;
    }

    private static void scanUnit(IndexScan scan, SectionCursor cursor, Section section, long start) {
        try {
            scan.scan(cursor, UnitHeader.read(cursor.seek(start), section));
        } catch (SectionFault damaged) {
            // The rest of this unit is lost; the others do not depend on it.
        }
    }
}

package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final FileSet files;
    private final Queue<UnitHeader> skeletons = new ConcurrentLinkedQueue<>();
    private boolean complete = true;

    IndexBuilder(FileSet files) {
        this.files = files;
    }

    /// What is damaged is left out, and so are files that are not at hand.
    NameIndex build(String buildId, long fileSize) {
        EntryTable table = new EntryTable();
        collect(files.main(), table);
        if (AlternateLink.of(files.main().sections()).isPresent()) {
            collectIfAtHand(FileSet.ALTERNATE, table);
        }
        skeletons.stream().sorted(Comparator.comparingLong(UnitHeader::start)).forEach(skeleton -> {
            int number = files.numberOfSplit(skeleton);
            collectIfAtHand(number, table);
            files.forget(number);
        });
        return new IndexWriter(files, table)
                .write(buildId, fileSize, files.main().starts());
    }

    /// Whether all files were at hand; an index of fewer is not worth keeping.
    boolean isComplete() {
        return complete;
    }

    private void collectIfAtHand(int number, EntryTable table) {
        try {
            collect(files.file(number), table);
        } catch (SectionFault notAtHand) {
            complete = false;
        }
    }

    private void collect(DebugFile file, EntryTable into) {
        for (Section section : Section.values()) {
            new Pass(file, section).run(into);
        }
    }

    /// Goes over the units of one section, several threads side by side.
    private final class Pass {

        private final DebugFile file;
        private final Section section;
        private final long[] starts;
        private final AtomicInteger next = new AtomicInteger();

        Pass(DebugFile file, Section section) {
            this.file = file;
            this.section = section;
            this.starts = file.starts().of(section);
        }

        void run(EntryTable into) {
            int threads = Math.min(
                    Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()),
                    Math.ceilDiv(starts.length, BATCH));
            if (threads <= 1) {
                scanUnits(into);
                return;
            }
            try (ExecutorService pool = Executors.newFixedThreadPool(threads - 1)) {
                List<Future<EntryTable>> others = new ArrayList<>();
                for (int i = 1; i < threads; i++) {
                    others.add(pool.submit(() -> scanUnits(new EntryTable())));
                }
                scanUnits(into);
                for (Future<EntryTable> other : others) {
                    into.addAll(other.get());
                }
            } catch (InterruptedException stopped) {
                complete = false;
                Thread.currentThread().interrupt();
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            }
        }

        private EntryTable scanUnits(EntryTable table) {
            if (starts.length == 0) {
                return table;
            }
            SectionCursor cursor = IndexScan.cursorFor(file.sections(), section);
            IndexScan scan = new IndexScan(file.sections(), file.number(), table, skeletons::add);
            for (int from = next.getAndAdd(BATCH); from < starts.length; from = next.getAndAdd(BATCH)) {
                for (int i = from; i < Math.min(from + BATCH, starts.length); i++) {
                    scanUnit(scan, cursor, section, starts[i]);
                }
            }
            return table;
        }
    }

    private static void scanUnit(IndexScan scan, SectionCursor cursor, Section section, long start) {
        try {
            scan.scan(cursor, UnitHeader.read(cursor.seek(start), section));
        } catch (SectionFault damaged) {
            // The rest of this unit is lost; the others do not depend on it.
        }
    }
}

package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.trailer.ClassMapWriter;
import io.inquest.kernel.page.PageClass;
import java.io.IOException;

/// Fills a dump's class map: why each frame that is not in the dump was left out, now or by an earlier filter.
final class ClassRecord {

    private final Selection selection;
    private final PhysicalMemory input;

    ClassRecord(Selection selection, PhysicalMemory input) {
        this.selection = selection;
        this.input = input;
    }

    /// Goes through all windows. Classes of a large machine may have to be found anew for it.
    void writeTo(ClassMapWriter map) throws IOException {
        FrameWindows windows = selection.windows();
        for (long window = 0; window < windows.count(); window++) {
            selection.load(window);
            addWindow(map);
        }
    }

    /// Adds the frames of the window that the selection has loaded.
    void addWindow(ClassMapWriter map) {
        PageBitmap existing = selection.windows().existing();
        for (long pfn = existing.firstPfn(); pfn < existing.endPfn(); ) {
            pfn = addRun(map, pfn);
        }
    }

    /// Adds the frames from `pfn` on that are alike, and answers where they end.
    private long addRun(ClassMapWriter map, long pfn) {
        FrameWindows windows = selection.windows();
        PageBitmap existing = windows.existing();
        PageBitmap held = windows.held();
        int code = PageClass.KEPT.code();
        long end;
        if (!existing.get(pfn)) {
            end = existing.nextSet(pfn);
        } else if (selection.selected().get(pfn)) {
            end = selection.selected().nextClear(pfn);
        } else if (held.get(pfn)) {
            code = windows.classOf(pfn);
            end = Math.min(held.nextClear(pfn), selection.selected().nextSet(pfn));
            end = windows.sameClassUntil(pfn, Math.min(end, existing.nextClear(pfn)));
        } else {
            code = input.exclusionCode(pfn).orElse(code);
            end = pfn + 1;
        }
        map.add(code, end - pfn);
        return end;
    }
}

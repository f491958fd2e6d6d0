package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.BitmapRuns;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.trailer.ClassMapWriter;
import io.inquest.dump.trailer.ExclusionCodes;
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
        FrameWindows windows = selection.windows();
        BitmapRuns existing = new BitmapRuns(windows.existing());
        BitmapRuns held = new BitmapRuns(windows.held());
        BitmapRuns selected = new BitmapRuns(selection.selected());
        long endPfn = windows.existing().endPfn();
        for (long pfn = windows.existing().firstPfn(); pfn < endPfn; ) {
            int code = PageClass.KEPT.code();
            long end = existing.endOf(pfn);
            if (existing.get(pfn) && !selected.get(pfn)) {
                end = Math.min(end, Math.min(selected.endOf(pfn), held.endOf(pfn)));
                if (held.get(pfn)) {
                    code = windows.classOf(pfn);
                    end = windows.sameClassUntil(pfn, end);
                } else {
                    code = input.exclusionCode(pfn).orElse(ExclusionCodes.UNKNOWN_CLASS);
                    end = pfn + 1;
                }
            } else if (existing.get(pfn)) {
                end = Math.min(end, selected.endOf(pfn));
            }
            map.add(code, end - pfn);
            pfn = end;
        }
    }
}

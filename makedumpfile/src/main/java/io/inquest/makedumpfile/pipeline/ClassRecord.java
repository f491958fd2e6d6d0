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

    void writeTo(ClassMapWriter map) throws IOException {
        FrameWindows windows = selection.windows();
        for (long window = 0; window < windows.count(); window++) {
            selection.load(window);
            PageBitmap existing = windows.existing();
            long pfn = existing.firstPfn();
            while (pfn < existing.endPfn()) {
                int code = codeOf(pfn);
                long end = pfn + 1;
                while (end < existing.endPfn() && codeOf(end) == code) {
                    end++;
                }
                map.add(code, end - pfn);
                pfn = end;
            }
        }
    }

    private int codeOf(long pfn) {
        FrameWindows windows = selection.windows();
        if (!windows.existing().get(pfn) || selection.selected().get(pfn)) {
            return PageClass.KEPT.code();
        }
        if (windows.held().get(pfn)) {
            return windows.classes()[(int) (pfn - windows.held().firstPfn())];
        }
        return input.exclusionCode(pfn).orElse(PageClass.KEPT.code());
    }
}

package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PfnRange;
import java.io.IOException;

/// Deals out the selected frames of a range in batches, in their order. One thread at a time.
final class BatchSource {

    private final Selection selection;
    private final long endPfn;
    private long pfn;

    BatchSource(Selection selection, PfnRange range) {
        this.selection = selection;
        this.pfn = range.startPfn();
        this.endPfn = Math.min(range.endPfn(), selection.windows().endPfn());
    }

    /// Fills `batch` with the next frames; answers false when there are none.
    boolean fill(PageBatch batch) throws IOException {
        batch.clear();
        while (pfn < endPfn && !batch.isFull()) {
            selection.load(selection.windows().windowOf(pfn));
            PageBitmap selected = selection.selected();
            long stop = Math.min(selected.endPfn(), endPfn);
            pfn = selected.nextSet(pfn);
            while (pfn < stop && !batch.isFull()) {
                batch.add(pfn);
                pfn = selected.nextSet(pfn + 1);
            }
            pfn = Math.min(pfn, stop);
        }
        return batch.count() > 0;
    }
}

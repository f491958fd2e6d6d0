package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.codec.PageCompressor;
import io.inquest.makedumpfile.pipeline.PageTreatment.ZeroPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads the pages of a batch, finds those full of zeros, and compresses the others. One for each thread.
final class PageWorker implements AutoCloseable {

    private final PhysicalMemory memory;
    private final PageTreatment treatment;
    private final PageCompressor compressor;
    private @Nullable PageCompressor plain;
    private final ByteBuffer pages;
    private final ZeroCheck zeroCheck;
    private final PageState[] states = new PageState[PageBatch.MOST_PAGES];
    private final PageState[] runStates = new PageState[PageBatch.MOST_PAGES];

    PageWorker(PhysicalMemory memory, PageTreatment treatment) {
        this.memory = memory;
        this.treatment = treatment;
        this.compressor = new PageCompressor(treatment.packing());
        this.pages = ZeroCheck.newPages(PageBatch.mostPages(memory.pageBytes()), memory.pageBytes());
        this.zeroCheck = new ZeroCheck(memory.pageBytes());
    }

    void process(PageBatch batch) throws IOException {
        read(batch);
        PackedPages packed = batch.packed();
        packed.start(batch.count());
        int fullBytes = 0;
        for (int page = 0; page < batch.count(); page++) {
            if (!states[page].readable()) {
                packed.lose(page);
                batch.countLostPage();
            } else if (treatment.zeroPages() == ZeroPages.LEAVE_OUT && isZero(page)) {
                packed.leaveOut(page);
                batch.countZeroPage();
            } else {
                fullBytes += memory.pageBytes();
            }
        }
        AdaptivePacking.Batch packing = batch.packing();
        (packing == null || packing.packs() ? compressor : plain()).compress(pages, packed);
        if (treatment.hasher().isPresent()) {
            treatment.hasher().get().name(packed);
        }
        if (packing != null) {
            packing.ready(fullBytes, packed.data().remaining(), System.nanoTime());
        }
    }

    /// For batches that are not packed.
    private PageCompressor plain() {
        if (plain == null) {
            plain = new PageCompressor(Compression.NONE);
        }
        return plain;
    }

    private void read(PageBatch batch) throws IOException {
        int pageBytes = memory.pageBytes();
        for (int page = 0; page < batch.count(); ) {
            int run = batch.runFrom(page);
            pages.limit((page + run) * pageBytes).position(page * pageBytes);
            memory.readPages(batch.pfn(page), run, pages, runStates);
            System.arraycopy(runStates, 0, states, page, run);
            page += run;
        }
        pages.clear();
    }

    private boolean isZero(int page) {
        return states[page] == PageState.ZERO || zeroCheck.isZero(pages, page);
    }

    @Override
    public void close() {
        compressor.close();
        if (plain != null) {
            plain.close();
        }
    }
}

package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.codec.Packing;
import io.inquest.dump.codec.PageCompressor;
import io.inquest.dump.kdump.KdumpWriter;
import io.inquest.makedumpfile.pipeline.PageTreatment.ZeroPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Packs some pages in one way, and sees what it costs: with the worker and the writer of a real run, but writing
/// nowhere.
final class PackingTrial implements AutoCloseable {

    /// Before the first that counts: until then the JVM interprets, which a long run does not.
    private static final int WARMING_BATCHES = 16;

    private final Packing packing;
    private final PageWorker worker;
    private final KdumpWriter writer;
    private final int pageBytes;
    private final PageBatch batch;
    private boolean warm;

    /// What became of some pages.
    ///
    /// @param pages that were tried
    /// @param zeroPages pages of them that are full of zeros, which are in no other number
    /// @param bytes stored
    /// @param workNanos time of a worker: reading, looking for zeros, packing
    /// @param writeNanos time of the writer, but for what the target takes
    record Cost(long pages, long zeroPages, long bytes, long workNanos, long writeNanos) {

        static final Cost NOTHING = new Cost(0, 0, 0, 0, 0);

        Cost plus(Cost other) {
            return new Cost(
                    pages + other.pages,
                    zeroPages + other.zeroPages,
                    bytes + other.bytes,
                    workNanos + other.workNanos,
                    writeNanos + other.writeNanos);
        }
    }

    /// `writer` writes nowhere and has room for all pages that will be tried.
    PackingTrial(PhysicalMemory memory, Packing packing, KdumpWriter writer) {
        this.packing = packing;
        this.worker = new PageWorker(memory, new PageTreatment(packing, ZeroPages.LEAVE_OUT, Optional.empty()));
        this.writer = writer;
        this.pageBytes = memory.pageBytes();
        this.batch = new PageBatch(pageBytes);
    }

    Packing packing() {
        return packing;
    }

    /// How many pages a writer of [KdumpLayout] has to have room for, where `pages` are tried.
    static long room(long pages) {
        return pages + WARMING_BATCHES * PageBatch.MOST_PAGES;
    }

    Cost run(long[] pfns) throws IOException {
        Cost cost = Cost.NOTHING;
        int most = PageBatch.mostPages(pageBytes);
        for (int from = 0; from < pfns.length; from += most) {
            int to = Math.min(from + most, pfns.length);
            for (int i = 0; !warm && i < WARMING_BATCHES; i++) {
                runBatch(pfns, from, to);
            }
            warm = true;
            cost = cost.plus(runBatch(pfns, from, to));
        }
        return cost;
    }

    private Cost runBatch(long[] pfns, int from, int to) throws IOException {
        batch.clear();
        for (int i = from; i < to; i++) {
            batch.add(pfns[i]);
        }
        long begun = System.nanoTime();
        worker.process(batch);
        long packed = System.nanoTime();
        long bytes = batch.packed().data().remaining();
        writer.append(batch.packed());
        return new Cost(batch.count(), batch.zeroPages(), bytes, packed - begun, System.nanoTime() - packed);
    }

    /// What pages full of zeros cost where they are stored like others, beside being read.
    static Cost zeros(Packing packing, int pageBytes) {
        int count = PageBatch.mostPages(pageBytes);
        PackedPages packed = new PackedPages(pageBytes, count);
        ByteBuffer zeros = ZeroCheck.newPages(count, pageBytes);
        try (PageCompressor compressor = new PageCompressor(packing)) {
            long begun = 0;
            for (int i = 0; i < 2; i++) {
                packed.start(count);
                begun = System.nanoTime();
                compressor.compress(zeros, packed);
            }
            long nanos = System.nanoTime() - begun;
            return new Cost(count, count, packed.data().limit(), nanos, 0);
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}

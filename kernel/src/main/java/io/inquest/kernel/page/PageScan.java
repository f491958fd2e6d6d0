package io.inquest.kernel.page;

import io.inquest.dump.Warnings;
import io.inquest.kernel.Hex;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Classifies one window, shared among threads by chunks at fixed places.
final class PageScan {

    /// Chunks begin at multiples of this many frames: a section of x86-64, the struct pages of which take 2 MiB.
    private static final int CHUNK_FRAMES = 1 << 15;

    /// Bytes of struct pages read at once, and at most by all threads together; each is held twice, as bytes
    /// and words.
    private static final int BLOCK_BYTES = 1 << 20;

    private static final int ALL_BLOCKS_BYTES = 4 << 20;

    private final StructPageSource source;
    private final PageClassifier classifier;
    private final BlockPool blocks;
    private final long firstPfn;
    private final long endPfn;
    private final byte[] classes;
    private final long firstChunk;
    private final ChunkFindings[] findings;
    private final AtomicInteger next = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    PageScan(
            StructPageSource source,
            PageClassifier classifier,
            BlockPool blocks,
            long firstPfn,
            int frames,
            byte[] classes) {
        this.source = source;
        this.classifier = classifier;
        this.blocks = blocks;
        this.firstPfn = firstPfn;
        this.endPfn = firstPfn + frames;
        this.classes = classes;
        this.firstChunk = firstPfn / CHUNK_FRAMES;
        int chunks = frames == 0 ? 0 : (int) ((endPfn - 1) / CHUNK_FRAMES - firstChunk + 1);
        this.findings = new ChunkFindings[chunks];
    }

    void run(int threads) throws IOException {
        int workers = Math.clamp(threads, 1, Math.max(findings.length, 1));
        int blockBytes = Math.min(BLOCK_BYTES, ALL_BLOCKS_BYTES / workers);
        int capacity = Math.max(blockBytes / source.layout().shape.structBytes(), 2);
        Thread[] others = new Thread[workers - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = Thread.ofPlatform().name("classify-" + i).start(() -> work(capacity));
        }
        work(capacity);
        join(others);
        rethrow(failure);
    }

    private void work(int capacity) {
        try {
            StructPages block = blocks.take(capacity);
            BlockSearch search = new BlockSearch(source, classifier);
            for (int i = next.getAndIncrement(); i < findings.length && failure == null; i = next.getAndIncrement()) {
                long chunkStart = (firstChunk + i) * CHUNK_FRAMES;
                long from = Math.max(chunkStart, firstPfn);
                findings[i] = scan(from, Math.min(chunkStart + CHUNK_FRAMES, endPfn), block, search);
            }
            blocks.giveBack(block);
        } catch (Throwable broken) {
            failure = broken;
        }
    }

    private ChunkFindings scan(long from, long to, StructPages block, BlockSearch search) throws IOException {
        ChunkFindings found = new ChunkFindings();
        search.covering(from)
                .ifPresent(before -> found.carry((byte) before.pageClass().code(), before.endPfn() - from));
        for (long pfn = from; pfn < to; ) {
            MapPiece piece = source.memMap().piece(pfn);
            int frames = (int) (Math.min(piece.endPfn(), to) - pfn);
            if (piece.mapped()) {
                // One struct page more than asked for: the second of a compound page tells its order.
                int loaded = (int) Math.min(piece.endPfn() - pfn, block.capacity());
                frames = Math.min(frames, Math.max(loaded - 1, 1));
                loaded = Math.min(loaded, frames + 1);
                block.load(
                        source.space(),
                        piece.structPage(pfn, source.layout().shape.structBytes()),
                        pfn,
                        loaded);
                found.noteLost(block);
                classifier.classify(block, frames, classes, (int) (pfn - firstPfn), found);
            } else {
                found.carry((byte) PageClass.KEPT.code(), 0);
            }
            pfn += frames;
        }
        return found;
    }

    private static void join(Thread[] threads) throws IOException {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while classifying page frames");
            }
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        // No switch over types, which would be linked in every run that met nothing.
        if (failure instanceof IOException broken) {
            throw broken;
        } else if (failure instanceof RuntimeException broken) {
            throw broken;
        } else if (failure instanceof Error broken) {
            throw broken;
        } else if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    /// One sentence for each kind of damage in the window.
    void tell(Warnings warnings) {
        ChunkFindings sum = new ChunkFindings();
        for (ChunkFindings chunk : findings) {
            sum.add(chunk);
        }
        if (sum.lost() != 0) {
            warnings.warn("unreadable struct pages: " + sum.lost() + ", the first is that of page frame "
                    + Hex.of(sum.firstLost()) + " (" + sum.lostReason() + "); these frames are kept");
        }
        if (sum.invalidOrders() != 0) {
            warnings.warn("page frames marked as free with an impossible order: " + sum.invalidOrders()
                    + ", the first is " + Hex.of(sum.firstInvalid()) + "; they are kept");
        }
    }
}

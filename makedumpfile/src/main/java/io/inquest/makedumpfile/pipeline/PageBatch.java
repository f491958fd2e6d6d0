package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.codec.PackedPages;
import org.jspecify.annotations.Nullable;

/// Some pages on their way from the input to the output, in the order of their frames. Used again and again.
final class PageBatch {

    /// Large enough that a lock for each batch costs nothing, small enough that a batch for each of many threads
    /// takes little memory.
    static final int MOST_PAGES = 128;

    private static final int MOST_BYTES = 512 << 10;

    private final long[] pfns = new long[MOST_PAGES];
    private final int mostPages;
    private final PackedPages packed;
    private int count;
    private int zeroPages;
    private int lostPages;
    private boolean ready;
    private AdaptivePacking.@Nullable Batch packing;

    PageBatch(int pageBytes) {
        mostPages = mostPages(pageBytes);
        packed = new PackedPages(pageBytes, mostPages);
    }

    /// Pages that a batch has room for: fewer of large ones, so that it takes no more memory.
    static int mostPages(int pageBytes) {
        return Math.clamp(MOST_BYTES / pageBytes, 1, MOST_PAGES);
    }

    /// Begins a batch without pages.
    void clear() {
        count = 0;
        zeroPages = 0;
        lostPages = 0;
        ready = false;
    }

    boolean isFull() {
        return count == mostPages;
    }

    void add(long pfn) {
        pfns[count++] = pfn;
    }

    int count() {
        return count;
    }

    long pfn(int page) {
        return pfns[page];
    }

    /// How many pages from `page` on are those of neighbouring frames.
    int runFrom(int page) {
        int end = page + 1;
        while (end < count && pfns[end] == pfns[page] + end - page) {
            end++;
        }
        return end - page;
    }

    /// The pages as they are to be stored; what is full of zeros is left out of it.
    PackedPages packed() {
        return packed;
    }

    void countZeroPage() {
        zeroPages++;
    }

    int zeroPages() {
        return zeroPages;
    }

    void countLostPage() {
        lostPages++;
    }

    int lostPages() {
        return lostPages;
    }

    void setPacking(AdaptivePacking.Batch decision) {
        packing = decision;
    }

    /// Whether it is packed, as [AdaptivePacking] has it; null where all batches are.
    AdaptivePacking.@Nullable Batch packing() {
        return packing;
    }

    void setReady() {
        ready = true;
    }

    boolean isReady() {
        return ready;
    }
}

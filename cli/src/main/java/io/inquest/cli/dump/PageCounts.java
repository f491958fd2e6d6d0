package io.inquest.cli.dump;

import io.inquest.dump.BitmapRuns;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.StoredForm;
import io.inquest.dump.codec.Compression;
import io.inquest.kernel.page.PageClass;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// How many page frames of a dump are in which state, and of the excluded ones, of which class.
final class PageCounts {

    /// Frames looked at in one go: 4 GiB of memory in 4 KiB pages, 128 KiB of bitmap.
    private static final int WINDOW_FRAMES = 1 << 20;

    /// Class codes are one byte each.
    private static final int CLASS_CODES = 256;

    private long stored;
    private long zero;
    private long excluded;
    private long absent;
    private long lost;
    private final long[] excludedByCode = new long[CLASS_CODES];
    private final Map<Compression, CodecUse> codecs = new EnumMap<>(Compression.class);

    /// How many pages are compressed in one way, and into how many bytes.
    static final class CodecUse {
        private long pages;
        private long bytes;

        private void add(long count, long bytesOfEach) {
            pages += count;
            bytes += count * bytesOfEach;
        }

        long pages() {
            return pages;
        }

        long bytes() {
            return bytes;
        }
    }

    static PageCounts of(PhysicalMemory memory) throws IOException {
        PageCounts counts = new PageCounts();
        PageBitmap existing = new PageBitmap(WINDOW_FRAMES);
        PageBitmap held = new PageBitmap(WINDOW_FRAMES);
        for (long first = 0; first < memory.endPfn(); first += WINDOW_FRAMES) {
            int frames = (int) Math.min(WINDOW_FRAMES, memory.endPfn() - first);
            existing.reset(first, frames);
            held.reset(first, frames);
            memory.markExisting(existing);
            memory.markStored(held);
            counts.addWindow(memory, existing, held);
        }
        return counts;
    }

    private void addWindow(PhysicalMemory memory, PageBitmap existing, PageBitmap held) {
        BitmapRuns existingRuns = new BitmapRuns(existing);
        BitmapRuns heldRuns = new BitmapRuns(held);
        long pfn = existing.firstPfn();
        while (pfn < existing.endPfn()) {
            long end = Math.min(existingRuns.endOf(pfn), heldRuns.endOf(pfn));
            if (existingRuns.get(pfn) || heldRuns.get(pfn)) {
                addRun(memory, pfn, end);
            }
            pfn = end;
        }
    }

    /// Adds frames whose bits are the same.
    private void addRun(PhysicalMemory memory, long startPfn, long endPfn) {
        for (long pfn = startPfn; pfn < endPfn; ) {
            long end = Math.min(memory.alikeUntil(pfn), endPfn);
            add(memory, pfn, end - pfn);
            pfn = end;
        }
    }

    /// Adds frames that are like `pfn`.
    private void add(PhysicalMemory memory, long pfn, long count) {
        switch (memory.state(pfn)) {
            case STORED -> {
                stored += count;
                StoredForm form = memory.storedForm(pfn);
                codecs.computeIfAbsent(form.compression(), none -> new CodecUse())
                        .add(count, form.bytes());
            }
            case ZERO -> zero += count;
            case ABSENT -> absent += count;
            case LOST -> lost += count;
            case EXCLUDED -> {
                excluded += count;
                int code = memory.exclusionCode(pfn).orElse(CLASS_CODES);
                if (code >= 0 && code < CLASS_CODES) {
                    excludedByCode[code] += count;
                }
            }
        }
    }

    long of(PageState state) {
        return switch (state) {
            case STORED -> stored;
            case ZERO -> zero;
            case EXCLUDED -> excluded;
            case ABSENT -> absent;
            case LOST -> lost;
        };
    }

    /// Stored pages, zero pages not among them, by the way they are compressed; those that occur.
    Map<Compression, CodecUse> codecs() {
        return codecs;
    }

    /// Excluded frames for which the dump records this class.
    long excludedAs(PageClass pageClass) {
        return excludedByCode[pageClass.code()];
    }

    /// Excluded frames for which the dump records no class.
    long excludedWithoutClass() {
        return excluded - Arrays.stream(excludedByCode).sum();
    }

    /// Page frames of the machine.
    long total() {
        return stored + zero + excluded + absent + lost;
    }
}

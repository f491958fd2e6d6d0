package io.inquest.cli.dump;

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

        private void add(long storedBytes) {
            pages++;
            bytes += storedBytes;
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
        PageBitmap window = new PageBitmap(WINDOW_FRAMES);
        for (long first = 0; first < memory.endPfn(); first += WINDOW_FRAMES) {
            window.reset(first, (int) Math.min(WINDOW_FRAMES, memory.endPfn() - first));
            memory.markExisting(window);
            memory.markStored(window);
            for (long pfn = window.nextSet(first); pfn < window.endPfn(); pfn = window.nextSet(pfn + 1)) {
                counts.count(memory, pfn);
            }
        }
        return counts;
    }

    private void count(PhysicalMemory memory, long pfn) {
        switch (memory.state(pfn)) {
            case STORED -> {
                stored++;
                StoredForm form = memory.storedForm(pfn);
                codecs.computeIfAbsent(form.compression(), none -> new CodecUse())
                        .add(form.bytes());
            }
            case ZERO -> zero++;
            case ABSENT -> absent++;
            case LOST -> lost++;
            case EXCLUDED -> {
                excluded++;
                int code = memory.exclusionCode(pfn).orElse(CLASS_CODES);
                if (code >= 0 && code < CLASS_CODES) {
                    excludedByCode[code]++;
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

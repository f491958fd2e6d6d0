package io.inquest.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The struct pages of one section of a [SimulatedMachine]: 32768 frames in blocks of several uses.
///
/// The same bytes serve for every section of this pattern; where a tail points to its head, the pointer is moved to
/// the section that is read. Immutable once made, safe for many threads.
final class SimulatedSection {

    static final KernelEra ERA = KernelEra.v6_12();
    static final int STRUCT_BYTES = 64;
    static final long VMEMMAP = 0xffff_ea00_0000_0000L;

    /// Bytes of the struct pages of a section.
    static final int MAP_BYTES = (1 << 15) * STRUCT_BYTES;

    /// Frames of the slab that each section begins with.
    static final int SLAB_FRAMES = 8;

    private static final int FRAMES = 1 << 15;
    private static final int HEAD_AT = 8;
    private static final int LARGEST_ORDER = 9;

    private final ByteBuffer bytes;
    private final BitSet tails;
    private final Map<Use, Integer> frames;

    /// What a block of frames is used for.
    enum Use {
        HUGE_PAGES_OF_PROCESSES,
        PAGES_OF_PROCESSES,
        PAGE_CACHE,
        FREE,
        KERNEL
    }

    /// What level 31 leaves out.
    private static final List<Use> EXCLUDED =
            List.of(Use.HUGE_PAGES_OF_PROCESSES, Use.PAGES_OF_PROCESSES, Use.PAGE_CACHE, Use.FREE);

    private SimulatedSection(StructPageBuilder pages, BitSet tails, Map<Use, Integer> frames) {
        this.bytes = ByteBuffer.wrap(pages.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        this.tails = tails;
        this.frames = frames;
    }

    /// All frames are the kernel's, out of the allocator's hands.
    static SimulatedSection reserved() {
        StructPageBuilder pages = newPages();
        for (int pfn = 0; pfn < FRAMES; pfn++) {
            pages.reserved(pfn);
        }
        return new SimulatedSection(pages, new BitSet(), Map.of());
    }

    private static StructPageBuilder newPages() {
        return new StructPageBuilder(ERA, ByteOrder.LITTLE_ENDIAN, VMEMMAP, FRAMES);
    }

    /// Sections of four kinds, each with some blocks of the others' use, and one slab of the kernel.
    static List<SimulatedSection> patterns() {
        List<SimulatedSection> patterns = new ArrayList<>();
        for (Use use : EXCLUDED) {
            patterns.add(mostly(use, new Random(patterns.size())));
        }
        return patterns;
    }

    private static SimulatedSection mostly(Use common, Random random) {
        StructPageBuilder pages = newPages();
        Map<Use, Integer> frames = new EnumMap<>(Use.class);
        BitSet tails = new BitSet(FRAMES);
        for (int pfn = 0; pfn < FRAMES; ) {
            Use other = EXCLUDED.get(random.nextInt(EXCLUDED.size()));
            Use use = pfn == 0 ? Use.KERNEL : random.nextInt(8) < 5 ? common : other;
            int possible = Math.min(LARGEST_ORDER, Integer.numberOfTrailingZeros(pfn | FRAMES));
            int order = Math.min(possible, orderOf(use, random));
            int end = pfn + (1 << order);
            put(pages, use, pfn, order);
            frames.merge(use, end - pfn, Integer::sum);
            if (use != Use.FREE) {
                tails.set(pfn + 1, end);
            }
            pfn = end;
        }
        return new SimulatedSection(pages, tails, frames);
    }

    private static int orderOf(Use use, Random random) {
        return switch (use) {
            case HUGE_PAGES_OF_PROCESSES -> LARGEST_ORDER;
            case PAGES_OF_PROCESSES -> 0;
            case PAGE_CACHE -> random.nextInt(5);
            case FREE -> random.nextInt(LARGEST_ORDER + 1);
            case KERNEL -> Integer.numberOfTrailingZeros(SLAB_FRAMES);
        };
    }

    private static void put(StructPageBuilder pages, Use use, int pfn, int order) {
        switch (use) {
            case HUGE_PAGES_OF_PROCESSES, PAGES_OF_PROCESSES -> pages.anonymousHuge(pfn, order);
            case PAGE_CACHE -> pages.fileHuge(pfn, order);
            case FREE -> pages.free(pfn, order);
            case KERNEL -> pages.slab(pfn, order);
        }
    }

    /// How many frames have this use.
    int frames(Use use) {
        return frames.getOrDefault(use, 0);
    }

    /// Puts struct pages of section `index` from their byte `from` on, at most `most` bytes; returns how many.
    int read(long index, int from, int most, ByteBuffer target) {
        int count = Math.min(MAP_BYTES - from, most);
        int end = from + count;
        ByteBuffer view = target.slice(target.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        target.put(bytes.slice(from, count));
        for (int pfn = tails.nextSetBit(from / STRUCT_BYTES); pfn >= 0; pfn = tails.nextSetBit(pfn + 1)) {
            int head = pfn * STRUCT_BYTES + HEAD_AT;
            if (head >= end) {
                break;
            }
            long moved = bytes.getLong(head) + index * MAP_BYTES;
            if (head >= from && head + Long.BYTES <= end) {
                view.putLong(head - from, moved);
            } else {
                putPart(view, head - from, moved);
            }
        }
        return count;
    }

    /// A word that only a part of was asked for.
    private static void putPart(ByteBuffer view, int at, long word) {
        for (int i = 0; i < Long.BYTES; i++) {
            if (at + i >= 0 && at + i < view.capacity()) {
                view.put(at + i, (byte) (word >>> (i * Byte.SIZE)));
            }
        }
    }
}

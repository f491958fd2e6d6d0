package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Turns the entries that were collected into an index: fetches their names, sorts by hash, lays it out.
final class IndexWriter {

    /// `.debug_str` has a few megabytes, so that its names are fetched from one window.
    private static final int STRING_WINDOW = 16 << 20;

    private final DebugSections sections;
    private final long[] entries;
    private final long[] places;

    IndexWriter(DebugSections sections, EntryTable table) {
        this.sections = sections;
        this.entries = table.entries();
        this.places = table.names();
    }

    NameIndex write(String buildId, long fileSize, UnitStarts units) {
        NameFetcher fetcher = new NameFetcher(sections);
        byte[][] names = new byte[entries.length][];
        long[] order = new long[entries.length];
        int count = 0;
        for (int i = 0; i < entries.length; i++) {
            byte[] name = fetcher.fetch(places[i]);
            names[i] = name;
            if (name.length > 0) {
                order[count++] = (NameIndex.hash(name) & 0xffff_ffffL) << 32 | i;
            }
        }
        Arrays.sort(order, 0, count);
        flipSigned(order, count);
        return layOut(buildId, fileSize, units, Arrays.copyOf(order, count), names);
    }

    /// `sort` compares as signed numbers: those of hashes with the top bit set come first and belong last.
    private static void flipSigned(long[] order, int count) {
        int negative = 0;
        while (negative < count && order[negative] < 0) {
            negative++;
        }
        long[] last = Arrays.copyOf(order, negative);
        System.arraycopy(order, negative, order, 0, count - negative);
        System.arraycopy(last, 0, order, count - negative, negative);
    }

    private NameIndex layOut(String buildId, long fileSize, UnitStarts units, long[] order, byte[][] names) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(16 * order.length);
        long[] sorted = new long[order.length];
        int[] hashes = new int[order.length];
        int[] nameAts = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            int from = (int) order[i];
            sorted[i] = entries[from];
            hashes[i] = (int) (order[i] >>> 32);
            nameAts[i] = sameNameBefore(order, names, i, nameAts);
            if (nameAts[i] < 0) {
                nameAts[i] = text.size();
                text.writeBytes(names[from]);
                text.write(0);
            }
        }
        return NameIndex.create(buildId, fileSize, sorted, hashes, nameAts, units, text.toByteArray());
    }

    /// Where the name was written for an entry before, which can only be among those of the same hash; else -1.
    private static int sameNameBefore(long[] order, byte[][] names, int i, int[] nameAts) {
        for (int j = i - 1; j >= 0 && order[j] >>> 32 == order[i] >>> 32; j--) {
            if (Arrays.equals(names[(int) order[j]], names[(int) order[i]])) {
                return nameAts[j];
            }
        }
        return -1;
    }

    /// Reads names where they are, through one window for each section.
    private static final class NameFetcher {

        private final DebugSections sections;
        private final SectionCursor[] cursors = new SectionCursor[8];

        NameFetcher(DebugSections sections) {
            this.sections = sections;
        }

        /// No bytes where the name cannot be read.
        byte[] fetch(long place) {
            try {
                return cursor(place).seek(NamePlace.offset(place)).stringBytes();
            } catch (SectionFault damaged) {
                return new byte[0];
            }
        }

        private SectionCursor cursor(long place) {
            Section section = DieReference.section(place);
            int slot = NamePlace.kind(place).code() * 2 + (section == Section.TYPES ? 1 : 0);
            if (cursors[slot] == null) {
                cursors[slot] = switch (NamePlace.kind(place)) {
                    case STRP, ALTERNATE -> sections.cursor(".debug_str", STRING_WINDOW);
                    case LINE_STRP -> sections.cursor(".debug_line_str", STRING_WINDOW);
                    case INLINE -> sections.cursor(sections.nameOf(section), SectionCursor.SMALL_WINDOW);
                };
            }
            return cursors[slot];
        }
    }
}

package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Turns the entries that were collected into an index: fetches their names, sorts by hash, lays it out.
final class IndexWriter {

    /// `.debug_str` has a few megabytes, so that its names are fetched from one window.
    private static final int STRING_WINDOW = 16 << 20;

    private final FileSet files;
    private final long[] entries;
    private final long[] places;

    IndexWriter(FileSet files, EntryTable table) {
        this.files = files;
        this.entries = table.entries();
        this.places = table.names();
    }

    NameIndex write(String buildId, long fileSize, UnitStarts units) {
        byte[][] names = names();
        long[] order = new long[entries.length];
        int count = 0;
        for (int i = 0; i < entries.length; i++) {
            if (names[i].length > 0) {
                order[count++] = (NameIndex.hash(names[i]) & 0xffff_ffffL) << 32 | i;
            }
        }
        Arrays.sort(order, 0, count);
        flipSigned(order, count);
        return layOut(buildId, fileSize, units, Arrays.copyOf(order, count), names);
    }

    /// The names of all entries, fetched file by file: split files are too many to be open at once.
    private byte[][] names() {
        long[] byFile = new long[entries.length];
        for (int i = 0; i < entries.length; i++) {
            byFile[i] = (long) DieReference.file(places[i]) << 32 | i;
        }
        Arrays.sort(byFile);
        byte[][] names = new byte[entries.length][];
        NameFetcher fetcher = new NameFetcher(files, FileSet.MAIN);
        for (long each : byFile) {
            int number = (int) (each >>> 32);
            if (fetcher.number != number) {
                fetcher.close();
                fetcher = new NameFetcher(files, number);
            }
            names[(int) each] = fetcher.fetch(places[(int) each]);
        }
        fetcher.close();
        return names;
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

    /// Reads names of one file where they are, through one window for each section.
    private static final class NameFetcher {

        private final FileSet files;
        private final int number;
        private final @Nullable SectionCursor[] cursors = new SectionCursor[8];

        NameFetcher(FileSet files, int number) {
            this.files = files;
            this.number = number;
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
            SectionCursor cursor = cursors[slot];
            if (cursor == null) {
                cursor = open(NamePlace.kind(place), section);
                cursors[slot] = cursor;
            }
            return cursor;
        }

        private SectionCursor open(NamePlace.Kind kind, Section section) {
            DebugSections sections = files.file(number).sections();
            return switch (kind) {
                case STRP -> sections.cursor(".debug_str", STRING_WINDOW);
                case ALTERNATE -> files.file(FileSet.ALTERNATE).sections().cursor(".debug_str", STRING_WINDOW);
                case LINE_STRP -> sections.cursor(".debug_line_str", STRING_WINDOW);
                case INLINE -> sections.cursor(sections.nameOf(section), SectionCursor.SMALL_WINDOW);
            };
        }

        void close() {
            if (number >= FileSet.FIRST_SPLIT) {
                files.forget(number);
            }
        }
    }
}

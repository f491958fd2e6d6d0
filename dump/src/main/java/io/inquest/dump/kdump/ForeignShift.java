package io.inquest.dump.kdump;

import io.inquest.dump.Warnings;
import io.inquest.dump.format.Zeros;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.ShiftedSource;
import io.inquest.dump.salvage.FrameEvidence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bytes that were inserted among the pages of a file without checksums, or removed from there. How many is
/// told by the end of the file; where, by pages that tell their own frame: in place those before, moved those
/// behind.
///
/// Where no page is found moved, a file that is a little too short or too long can have been cut or filled
/// up, or have lost or got its bytes anywhere. Only pages before one that tells its frame in place, or
/// unpacks there, are vouched for then.
final class ForeignShift {

    /// How many moved pages must tell the frame that they should have.
    private static final int LEAST_MOVED = 4;

    private static final int SAMPLES = 1 << 16;

    /// A file that is shorter by more was cut, and one that is longer by more is a disk.
    private static final long MOST_BYTES = 1 << 20;

    /// With as many descriptors that can be of no page, those are misplaced, and do not tell where the last
    /// one ends.
    private static final int MOST_WRONG = 64;

    private final PageTable table;
    private final FrameEvidence evidence;
    private final StoredPages here;
    private final StoredPages there;
    private long lastInPlace = -1;
    private long lastUnpacked = -1;
    private long firstMoved = -1;
    private long movedPages;
    private long strangers;

    /// What was found.
    ///
    /// @param undone the file without the shift, if there is one: between the last page that is known to be in
    ///     place and the first that is known to be moved is a hole
    /// @param vouched the descriptor from which on nothing tells that pages are in place
    record Outcome(Optional<ByteSource> undone, long vouched) {

        /// All is where it should be, as far as can be told.
        static final Outcome IN_PLACE = new Outcome(Optional.empty(), Long.MAX_VALUE);
    }

    private ForeignShift(PageTable table, FrameEvidence evidence, StoredPages here, StoredPages there) {
        this.table = table;
        this.evidence = evidence;
        this.here = here;
        this.there = there;
    }

    /// Looks for a shift in a file of which `eraseBytes` are behind the last page.
    static Outcome of(PageTable table, long eraseBytes, FrameEvidence evidence) throws IOException {
        ByteSource source = table.source();
        // Bits of bitmap 2 may be lost.
        long room = table.isPart() ? 0 : table.describedRoom().orElse(0);
        long count = Math.max(table.storedPages(), room);
        DescribedEnd described = DescribedEnd.of(table, count);
        long size = described.end() + eraseBytes;
        long bytes = source.size() - size;
        if (count == 0 || bytes == 0) {
            return Outcome.IN_PLACE;
        }
        long start = table.firstPageAt();
        // A wrong bit of bitmap 2 moves the pages as well.
        boolean isCounted = table.describedRoom().orElse(-1) == table.describableFrames();
        boolean isEndKnown = described.wrong() < MOST_WRONG;
        boolean canBeUndone = isCounted && isEndKnown && start >= 0 && start < size && start + bytes >= 0;
        ByteSource moved = canBeUndone ? new ShiftedSource(source, start, start, bytes, size) : source;
        try (StoredPages here = new StoredPages(table);
                StoredPages there = new StoredPages(
                        new KdumpFormat().openKdump(moved, Warnings.NONE).table())) {
            ForeignShift shift = new ForeignShift(table, evidence, here, there);
            if (shift.isThere(count)) {
                return shift.isAmongPages() ? shift.undone(start, bytes, size) : shift.asFarAsVouched();
            }
            boolean isCut = Math.abs(bytes) > MOST_BYTES || isFilledUp(source, size, table.pageBytes());
            return isCut && isEndKnown ? Outcome.IN_PLACE : shift.asFarAsVouched();
        }
    }

    /// If no page is in place, the break may be among the tables: then moved pages tell other frames than
    /// those say.
    private boolean isAmongPages() {
        return lastInPlace >= 0 || strangers <= 1 + movedPages / 100;
    }

    private Outcome undone(long start, long bytes, long size) throws IOException {
        long holeStart = holeStart(start);
        long holeEnd = Math.max(holeStart, holeEnd());
        return new Outcome(
                Optional.of(new ShiftedSource(table.source(), holeStart, holeEnd, bytes, size)), Long.MAX_VALUE);
    }

    private Outcome asFarAsVouched() {
        return new Outcome(Optional.empty(), Math.max(lastInPlace, lastUnpacked) + 1);
    }

    /// Whether there is nothing but zeros behind the last page, and more of them than a page may end with.
    private static boolean isFilledUp(ByteSource source, long size, int pageBytes) throws IOException {
        if (source.size() - size < pageBytes) {
            return false;
        }
        byte[] behind = new byte[(int) (source.size() - size)];
        source.readFully(size, ByteBuffer.wrap(behind));
        return Zeros.only(behind, 0, behind.length);
    }

    /// The break may be inside a page that is stored as it is and tells its frame by the rest of it.
    private long holeStart(long start) throws IOException {
        if (lastInPlace < 0) {
            return start;
        }
        here.select(lastInPlace);
        return Math.max(start, here.offset() + (here.flags() == 0 ? 0 : here.size()));
    }

    private long holeEnd() throws IOException {
        there.select(firstMoved);
        return there.offset() + (there.flags() == 0 ? there.size() : 0);
    }

    /// What the descriptors tell of the last page, whether the file has it or not.
    ///
    /// @param wrong how many can be those of no page
    private record DescribedEnd(long end, long wrong) {

        static DescribedEnd of(PageTable table, long count) throws IOException {
            long end = 0;
            long wrong = 0;
            for (long index = 0; index < count; index++) {
                PageDescriptors.Block block = table.descriptors().block(index);
                int at = PageDescriptors.indexInBlock(index);
                long offset = block.offset(at);
                int size = block.size(at);
                if (size > 0 && size <= table.pageBytes() && offset > table.descriptorsAt()) {
                    end = Math.max(end, offset + size);
                } else if (offset != 0 || size != 0) {
                    wrong++;
                }
            }
            return new DescribedEnd(end, wrong);
        }
    }

    private boolean isThere(long count) throws IOException {
        long step = Math.max(1, count / SAMPLES);
        for (long index = 0; index < count; index += step) {
            ByteBuffer page = here.pageOf(index);
            // What is compressed does not unpack where it is not in place.
            lastUnpacked = page != null && here.flags() != 0 ? index : lastUnpacked;
            learn(index, page);
            learn(index, there.pageOf(index));
        }
        if (!evidence.learned()) {
            return false;
        }
        look(0, count, step);
        if (movedPages < LEAST_MOVED) {
            return false;
        }
        long moved = movedPages;
        movedPages = 0;
        look(lastInPlace + 1, firstMoved + 1, 1);
        movedPages = moved;
        return true;
    }

    private void learn(long index, @Nullable ByteBuffer page) throws IOException {
        if (page != null) {
            evidence.learn(table.frameOf(index), page);
        }
    }

    /// Finds the place that the fewest pages contradict: now and then one tells a wrong frame by accident. So the last
    /// one
    /// in place and the first one moved do not count alone either.
    private void look(long from, long to, long step) throws IOException {
        long inPlace = 0;
        long most = 0;
        long latest = lastInPlace;
        for (long index = from; index < to; index += step) {
            if (tells(index, here.pageOf(index))) {
                inPlace++;
                if (inPlace >= most) {
                    most = inPlace;
                    lastInPlace = latest;
                    latest = index;
                    movedPages = 0;
                }
                continue;
            }
            ByteBuffer page = there.pageOf(index);
            if (tells(index, page)) {
                inPlace--;
                movedPages++;
                firstMoved = movedPages <= 2 ? index : firstMoved;
            } else if (page != null && evidence.frameOf(page) != FrameEvidence.UNKNOWN) {
                strangers++;
            }
        }
    }

    private boolean tells(long index, @Nullable ByteBuffer page) throws IOException {
        return page != null && evidence.frameOf(page) == table.frameOf(index);
    }
}

package io.inquest.dump.kdump;

import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.ShiftedSource;
import io.inquest.dump.salvage.FrameEvidence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bytes that were inserted among the pages of a file without checksums, or removed from there. How many is told by the
/// end of the file; where, by pages that tell their own frame: in place those before, moved those behind.
final class ForeignShift {

    /// How many moved pages must tell the frame that they should have.
    private static final int LEAST_MOVED = 4;

    private static final int SAMPLES = 1 << 16;

    private final PageTable table;
    private final FrameEvidence evidence;
    private final StoredPages here;
    private final StoredPages there;
    private long lastInPlace = -1;
    private long firstMoved = -1;
    private long movedPages;

    private ForeignShift(PageTable table, FrameEvidence evidence, StoredPages here, StoredPages there) {
        this.table = table;
        this.evidence = evidence;
        this.here = here;
        this.there = there;
    }

    /// The file without the shift, if there is one: between the last page that is known to be in place and the first
    /// that is known to be moved is a hole. `eraseBytes` are behind the last page.
    static Optional<ByteSource> undone(PageTable table, long eraseBytes, FrameEvidence evidence) throws IOException {
        ByteSource source = table.source();
        long count = table.storedPages();
        long size = end(table, count) + eraseBytes;
        long bytes = source.size() - size;
        long start = table.firstPageAt();
        // A wrong bit of bitmap 2 moves the pages as well.
        boolean isCounted = table.describedRoom().orElse(-1) == table.describableFrames();
        if (!isCounted || count == 0 || bytes == 0 || start < 0 || start >= size || start + bytes < 0) {
            return Optional.empty();
        }
        ByteSource moved = new ShiftedSource(source, start, start, bytes, size);
        try (StoredPages here = new StoredPages(table);
                StoredPages there = new StoredPages(
                        new KdumpFormat().openKdump(moved, Warnings.NONE).table())) {
            ForeignShift shift = new ForeignShift(table, evidence, here, there);
            if (!shift.isThere(count)) {
                return Optional.empty();
            }
            long holeStart = shift.holeStart(start);
            long holeEnd = Math.max(holeStart, shift.holeEnd());
            return Optional.of(new ShiftedSource(source, holeStart, holeEnd, bytes, size));
        }
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

    /// Where the last page ends, whether the file has it or not.
    private static long end(PageTable table, long count) throws IOException {
        long end = 0;
        for (long index = 0; index < count; index++) {
            PageDescriptors.Block block = table.descriptors().block(index);
            int at = PageDescriptors.indexInBlock(index);
            if (block.size(at) > 0 && block.size(at) <= table.pageBytes() && block.offset(at) > 0) {
                end = Math.max(end, block.offset(at) + block.size(at));
            }
        }
        return end;
    }

    private boolean isThere(long count) throws IOException {
        long step = Math.max(1, count / SAMPLES);
        for (long index = 0; index < count; index += step) {
            learn(index, here.pageOf(index));
            learn(index, there.pageOf(index));
        }
        if (!evidence.learned()) {
            return false;
        }
        look(0, count, step);
        if (movedPages < LEAST_MOVED) {
            return false;
        }
        movedPages = 0;
        look(lastInPlace + 1, firstMoved + 1, 1);
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
            } else if (tells(index, there.pageOf(index))) {
                inPlace--;
                movedPages++;
                firstMoved = movedPages <= 2 ? index : firstMoved;
            }
        }
    }

    private boolean tells(long index, @Nullable ByteBuffer page) throws IOException {
        return page != null && evidence.frameOf(page) == table.frameOf(index);
    }
}

package io.inquest.dump.kdump;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.salvage.SalvageLog;
import java.io.IOException;
import java.util.function.LongConsumer;

/// Copies those pages of one damaged file that can be trusted, as they are stored. Pages that share their bytes
/// go on to do so.
final class SalvageCopier {

    private static final int WINDOW_FRAMES = 1 << 20;
    private static final int PROGRESS_MASK = 0xfff;
    private static final int LEVEL_EXCLUDES_ZERO = 1;

    /// A page farther behind the others than this does not tell where their data ends.
    private static final long MOST_GAP_BYTES = 1 << 20;

    private static final String NEVER_WRITTEN = "never written: nothing but zeros, where no page of zeros is stored";

    private static final String NOT_VOUCHED_FOR =
            "where nothing tells that they are in place: bytes are missing in the file, or it has too many";

    private final SalvagedPart part;
    private final PageTable table;
    private final KdumpWriter writer;
    private final SalvageLog log;
    private final boolean keepsSuspect;
    private final LongConsumer progress;
    private final boolean zerosAreShared;
    private final long held;
    private final long zeroPageAt;
    private final StoredPlaces copied = new StoredPlaces();
    private long dataEnd;

    SalvageCopier(SalvagedPart part, KdumpWriter writer, SalvageLog log, boolean keepsSuspect, LongConsumer progress)
            throws IOException {
        this.part = part;
        this.table = part.table();
        this.writer = writer;
        this.log = log;
        this.keepsSuspect = keepsSuspect;
        this.progress = progress;
        this.held = Math.max(0, (table.source().size() - table.descriptorsAt()) / PageDescriptors.BYTES);
        // The page that zero pages share is directly behind the descriptors; a first page that lost its bytes is
        // not it.
        long byBitmap = table.descriptorsAt() + PageDescriptors.BYTES * table.describableFrames();
        long room = table.describedRoom().orElse(table.describableFrames());
        boolean isThere = table.isZeroPage(byBitmap, table.pageBytes(), 0);
        this.zeroPageAt = isThere ? byBitmap : table.descriptorsAt() + PageDescriptors.BYTES * room;
        this.dataEnd = zeroPageAt;
        this.zerosAreShared = (part.dump().header().dumpLevel().orElse(0) & LEVEL_EXCLUDES_ZERO) != 0;
    }

    /// Copies the pages of the frames `[start, end)`; `before` pages were done already. Answers how many are done now.
    long copy(long start, long end, long before) throws IOException {
        long done = before;
        PageBitmap window = new PageBitmap(WINDOW_FRAMES);
        try (StoredPages pages = new StoredPages(table)) {
            for (long first = start & -Long.SIZE; first < end; first += WINDOW_FRAMES) {
                window.reset(first, (int) Math.min(WINDOW_FRAMES, end - first));
                table.stored().mark(window, start, end);
                for (long pfn = window.nextSet(first); pfn < window.endPfn(); pfn = window.nextSet(pfn + 1)) {
                    String lost = copyPage(pages, pfn);
                    if (!lost.isEmpty()) {
                        log.lostPages(pfn, pfn + 1, lost);
                        writer.appendLostPage();
                    }
                    if ((++done & PROGRESS_MASK) == 0) {
                        progress.accept(done);
                    }
                }
            }
        }
        progress.accept(done);
        return done;
    }

    /// Copies a page, or answers why it is lost.
    private String copyPage(StoredPages pages, long pfn) throws IOException {
        long index = part.alignment().descriptorOf(pfn);
        if (index < 0) {
            return "around a wrong bit of bitmap 2: which page belongs to which frame cannot be told there";
        }
        if (index >= held) {
            return "behind the end of the file, or with a descriptor there";
        }
        PageState state = pages.select(index);
        long place = table.descriptorsAt() + index * PageDescriptors.BYTES;
        if (pages.isInHole() || !table.source().covers(place, PageDescriptors.BYTES)) {
            return "in a part of the file that is lost";
        }
        if (part.isDistrusted(index)) {
            return "with a descriptor that cannot be right";
        }
        if (state == PageState.ZERO && pages.offset() != zeroPageAt) {
            return NEVER_WRITTEN;
        }
        // If not even the first page is in place, the tables may not be either.
        if (state == PageState.ZERO && !part.isVouchedFor(0) && !keepsSuspect) {
            return NOT_VOUCHED_FOR;
        }
        if (state == PageState.ZERO) {
            writer.appendZeroPage();
            log.kept(true);
            return "";
        }
        if (state != PageState.STORED) {
            return pages.isEmpty()
                    ? "never written"
                    : pages.isBehindEnd()
                            ? "behind the end of the file, or with a descriptor there"
                            : "with a descriptor that cannot be right";
        }
        return copyStored(pages, pfn, index);
    }

    private String copyStored(StoredPages pages, long pfn, long index) throws IOException {
        boolean checked = pages.isZlib() || part.isChecked(index, pages.offset(), pages.size());
        long known = copied.find(pages.offset(), pages.size(), pages.flags());
        if (known != StoredPlaces.NOWHERE) {
            writer.appendShared(pages.flags(), known, pages.size());
            log.kept(checked);
            return "";
        }
        if (!pages.load()) {
            return "that cannot be read or unpacked";
        }
        if (part.isOfAnother(pfn, pages.page())) {
            return "with contents that tell another page frame";
        }
        if (!checked && part.isUnconfirmed(index) && !keepsSuspect) {
            return "with a descriptor where a checksum does not hold, and that no neighbour agrees with";
        }
        String doubt = checked ? "" : doubtOf(pages, index);
        if (!doubt.isEmpty()) {
            return doubt;
        }
        if (pages.offset() - dataEnd < MOST_GAP_BYTES) {
            dataEnd = Math.max(dataEnd, pages.offset() + pages.size());
            copied.add(pages.offset(), pages.size(), pages.flags(), writer.dataEnd());
        }
        writer.appendStored(pages.flags(), pages.stored(), pages.storedAt(), pages.size());
        log.kept(checked);
        return "";
    }

    /// Why a page that nothing checks is not believed, or nothing.
    private String doubtOf(StoredPages pages, long index) throws IOException {
        if (part.isSuspect(pages.offset(), pages.size()) && !keepsSuspect) {
            return "where a checksum does not hold, and nothing tells what is wrong there";
        }
        // One that is compressed does not unpack unless it is in place.
        if (pages.flags() == 0 && !part.isVouchedFor(index) && !keepsSuspect) {
            return NOT_VOUCHED_FOR;
        }
        if (zerosAreShared && pages.flags() == 0) {
            if (pages.isPlainZero()) {
                return NEVER_WRITTEN;
            }
            if (pages.bordersOnNothing(table.descriptorsAt() + PageDescriptors.BYTES * table.storedPages())) {
                return "written only in part, at the border of a stretch of nothing but zeros";
            }
        }
        boolean free = pages.offset() >= dataEnd || copied.isFree(pages.offset(), pages.size());
        return free ? "" : "inside the data of other pages";
    }
}

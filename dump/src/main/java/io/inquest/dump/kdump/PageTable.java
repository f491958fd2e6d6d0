package io.inquest.dump.kdump;

import io.inquest.dump.DumpException;
import io.inquest.dump.PageState;
import io.inquest.dump.PfnRange;
import io.inquest.dump.StoredForm;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.format.LostPages;
import io.inquest.dump.format.Zeros;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/// Where each page frame of a kdump-compressed file is stored: its bitmaps and page descriptors together.
///
/// ```text
/// block 0          main header
/// block 1          sub header and notes, S blocks
/// block 1+S        bitmap 1: page frames of the machine    \  B blocks
/// block 1+S+B/2    bitmap 2: page frames in the dump       /
/// block 1+S+B      descriptors, one for each bit of bitmap 2
///                  page data
/// ```
///
/// Old dumps have one bitmap, which then is both. A part of a split set has the bitmaps of the whole set, but
/// its descriptors begin with that of the first page at or behind `start_pfn`.
final class PageTable {

    /// Physical addresses have at most 52 bits on every architecture that Linux runs on.
    private static final long MOST_PHYSICAL = 1L << 52;

    private final ByteSource source;
    private final ByteOrder order;
    private final LostPages lostPages;
    private final int pageShift;
    private final long endPfn;
    private final Optional<String> contradiction;
    private final boolean isPart;
    private final PfnRange range;
    private final FrameBitmap existing;
    private final FrameBitmap stored;
    private final FrameBitmap storedOfAll;
    private final PageDescriptors descriptors;
    private final long descriptorsAt;
    private final long zeroPageAt;
    private final boolean zeroPageIsDamaged;

    PageTable(ByteSource source, KdumpHeader header, KdumpSubHeader sub, LostPages lostPages) throws IOException {
        this.source = source;
        this.order = header.order();
        this.lostPages = lostPages;
        pageShift = header.blockShift();
        endPfn = sub.maxMapnr(header);
        contradiction = sub.contradiction(header);
        isPart = sub.part().isPresent();
        long bitmapsAt = (1 + header.subHeaderBlocks()) << pageShift;
        long bitmapBytes = (endPfn + 7) >>> 3;
        long bitmapBlocks = (bitmapBytes + header.blockBytes() - 1) >>> pageShift;
        checkSize(header, endPfn, bitmapBlocks);
        range = sub.part().orElse(new PfnRange(0, endPfn));
        boolean two = header.bitmapBlocks() >= 2 * bitmapBlocks;
        long bitmap2At = bitmapsAt + (two ? (header.bitmapBlocks() / 2) << pageShift : 0);
        stored = new FrameBitmap(source, bitmap2At, endPfn, Math.min(range.startPfn(), endPfn));
        storedOfAll = isPart ? new FrameBitmap(source, bitmap2At, endPfn, 0) : stored;
        existing = two ? new FrameBitmap(source, bitmapsAt, endPfn, 0) : stored;
        descriptorsAt = bitmapsAt + (header.bitmapBlocks() << pageShift);
        descriptors = new PageDescriptors(source, header.order(), descriptorsAt, lostPages);
        // Level bit 0 is "zero pages"; a version 0 file does not tell its level.
        boolean mayShareZeroes = (sub.dumpLevel().orElse(1) & 1) != 0;
        long zeroPage = mayShareZeroes ? findZeroPage() : -1;
        boolean isAtItsPlace = zeroPage < 0 && sub.dumpLevel().isPresent() && mayShareZeroes && beginsWithSharedPage();
        zeroPageIsDamaged = isAtItsPlace && !isZeroPage(dataAt());
        zeroPageAt = isAtItsPlace ? dataAt() : zeroPage;
    }

    private static void checkSize(KdumpHeader header, long endPfn, long bitmapBlocks) throws DumpException {
        if (endPfn < 0 || bitmapBlocks > header.bitmapBlocks()) {
            throw header.raw()
                    .damaged(
                            "bitmap_blocks",
                            header.fieldsAt() + 12,
                            "is " + header.bitmapBlocks() + ", too few for the " + Long.toUnsignedString(endPfn)
                                    + " page frames of max_mapnr");
        }
        if (endPfn > MOST_PHYSICAL >>> header.blockShift()) {
            throw header.raw()
                    .damaged(
                            "max_mapnr",
                            header.fieldsAt() + 16,
                            "is " + endPfn
                                    + " with that of the sub header, more page frames than 52-bit addresses have");
        }
    }

    /// The zero page that all descriptors of zero pages share lies before all other page data. The first
    /// descriptor points at it or at the page right behind it.
    private long findZeroPage() throws IOException {
        PageDescriptors.Block first = descriptors.block(0);
        long at = first.offset(0);
        if (canBeStoredAt(at, first.size(0), first.flags(0))) {
            boolean plain = first.flags(0) == 0 && first.size(0) == pageBytes();
            if (plain && isBehindDescriptors(at) && isZeroPage(at)) {
                return at;
            }
            // A part of a split set has zeros before its data, too: descriptors that other parts use.
            boolean isData = at - pageBytes() > descriptorsAt && (!isPart || at - pageBytes() >= dataAt());
            if (isData && isBehindDescriptors(at - pageBytes()) && isZeroPage(at - pageBytes())) {
                return at - pageBytes();
            }
        }
        return -1;
    }

    /// Whether whole descriptors would end at a place: a wrong bit in the first of them leads elsewhere.
    private boolean isBehindDescriptors(long at) {
        return (at - descriptorsAt) % PageDescriptors.BYTES == 0;
    }

    /// Whether the first page of the data is there that writers of this level put before all others: it is
    /// full of zeros, whatever a damaged first descriptor says, or the first descriptor says so, whatever a
    /// damaged file has there.
    private boolean beginsWithSharedPage() throws IOException {
        if (!stored.knows(endPfn - 1)) {
            return false;
        }
        if (isZeroPage(dataAt())) {
            return true;
        }
        PageDescriptors.Block first = descriptors.block(0);
        long shared = dataAt();
        boolean plain = first.flags(0) == 0 && first.size(0) == pageBytes();
        boolean itself = first.offset(0) == shared && plain;
        return canBeStoredAt(first.offset(0), first.size(0), first.flags(0))
                && (itself || first.offset(0) == shared + pageBytes());
    }

    /// Where page data begins: behind the descriptors, of which a part of a split set has room for those of all parts.
    long dataAt() throws IOException {
        return descriptorsAt + describableFrames() * PageDescriptors.BYTES;
    }

    /// Where the first page that is not the shared page of zeros has to be, if bitmap 2 is right; -1 if it is not
    /// known.
    long firstPageAt() throws IOException {
        if (!stored.knows(endPfn - 1)) {
            return -1;
        }
        long start = dataAt();
        return zeroPageAt == start ? start + pageBytes() : start;
    }

    private boolean isZeroPage(long at) {
        if (!source.covers(at, pageBytes())) {
            return false;
        }
        byte[] page = new byte[pageBytes()];
        try {
            source.readFully(at, ByteBuffer.wrap(page));
        } catch (IOException cutOrRefused) {
            return false;
        }
        return Zeros.only(page, 0, page.length);
    }

    String name() {
        return source.name();
    }

    ByteSource source() {
        return source;
    }

    /// The machine's.
    ByteOrder order() {
        return order;
    }

    int pageShift() {
        return pageShift;
    }

    int pageBytes() {
        return 1 << pageShift;
    }

    long endPfn() {
        return endPfn;
    }

    /// The page frames whose pages can be in this file: a part's own, or all.
    PfnRange range() {
        return range;
    }

    FrameBitmap existing() {
        return existing;
    }

    FrameBitmap stored() {
        return stored;
    }

    PageDescriptors descriptors() {
        return descriptors;
    }

    /// Number of pages that this file promises to hold.
    long storedPages() throws IOException {
        long end = Math.min(range.endPfn(), endPfn);
        return end <= range.startPfn() ? 0 : stored.rank(end);
    }

    /// Number of frames that there should be room for descriptors of: of a part of a split set, those of all parts.
    long describableFrames() throws IOException {
        return storedOfAll.rank(endPfn);
    }

    /// How many descriptors there is room for before the first page, if its own one tells where that is. A part of a
    /// split set has room for those of the whole set.
    OptionalLong describedRoom() throws IOException {
        PageDescriptors.Block first = descriptors.block(0);
        if (!canBeStoredAt(first.offset(0), first.size(0), first.flags(0))) {
            return OptionalLong.empty();
        }
        long room = first.offset(0) - descriptorsAt;
        // Behind the shared zero page the room ends a page earlier, which is no multiple of a descriptor's size.
        room -= room % PageDescriptors.BYTES == 0 ? 0 : pageBytes();
        boolean told = room >= 0 && room % PageDescriptors.BYTES == 0;
        return told ? OptionalLong.of(room / PageDescriptors.BYTES) : OptionalLong.empty();
    }

    /// Whether a descriptor behind those of all pages of this part is one of a page: then bitmap 2 has lost some.
    boolean describesMore() throws IOException {
        long next = storedPages();
        if (!isPart || next >= describableFrames()) {
            return false;
        }
        PageDescriptors.Block block = descriptors.block(next);
        int at = PageDescriptors.indexInBlock(next);
        return canBeStoredAt(block.offset(at), block.size(at), block.flags(at));
    }

    /// Whether the page that all pages of zeros share holds something else. They are read as zeros.
    boolean zeroPageIsDamaged() {
        return zeroPageIsDamaged;
    }

    /// What the headers say against each other, if anything.
    Optional<String> contradiction() {
        return contradiction;
    }

    long descriptorsAt() {
        return descriptorsAt;
    }

    /// [PageState#STORED] if the file promises the frame's contents, else why not.
    PageState promise(long pfn) throws IOException {
        if (pfn < 0 || pfn >= endPfn) {
            return PageState.ABSENT;
        }
        if (!stored.knows(pfn)) {
            return PageState.LOST;
        }
        if (stored.get(pfn)) {
            return range.contains(pfn) ? PageState.STORED : PageState.LOST;
        }
        return existing.get(pfn) ? PageState.EXCLUDED : PageState.ABSENT;
    }

    /// Which descriptor belongs to a frame whose promise is [PageState#STORED].
    long descriptorIndex(long pfn) throws IOException {
        return stored.rank(pfn);
    }

    PageState state(long pfn) throws IOException {
        PageState promise = promise(pfn);
        if (promise != PageState.STORED) {
            return promise;
        }
        long index = descriptorIndex(pfn);
        PageDescriptors.Block block = descriptors.block(index);
        int at = PageDescriptors.indexInBlock(index);
        return state(block.offset(at), block.size(at), block.flags(at));
    }

    /// One past the last frame from `pfn` on that is like it as long as its bits are. Of stored frames each may be
    /// different.
    long alikeUntil(long pfn) throws IOException {
        if (!range.contains(pfn) || pfn >= endPfn) {
            return pfn + 1;
        }
        if (!stored.knows(pfn)) {
            return endPfn;
        }
        return stored.get(pfn) ? pfn + 1 : Math.min(stored.knownEnd(), Math.min(range.endPfn(), endPfn));
    }

    /// What the descriptor of a stored frame says of its data.
    StoredForm storedForm(long pfn) throws IOException {
        if (promise(pfn) != PageState.STORED) {
            return new StoredForm(Compression.NONE, 0);
        }
        long index = descriptorIndex(pfn);
        PageDescriptors.Block block = descriptors.block(index);
        int at = PageDescriptors.indexInBlock(index);
        Compression compression = Compression.ofFlag(block.flags(at));
        return new StoredForm(compression == null ? Compression.NONE : compression, block.size(at));
    }

    /// The frame whose promise is [PageState#STORED] and which has descriptor `index`; the end if there is none.
    long frameOf(long index) throws IOException {
        long low = range.startPfn();
        long high = Math.min(range.endPfn(), endPfn);
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (stored.rank(middle + 1) > index) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// Whether a descriptor with these fields is that of the page that all pages of zeros share.
    boolean isZeroPage(long offset, int size, int flags) {
        return offset == zeroPageAt && size == pageBytes() && flags == 0;
    }

    /// Whether all pages of zeros share one.
    boolean sharesZeroPage() {
        return zeroPageAt >= 0;
    }

    boolean isPart() {
        return isPart;
    }

    /// What a descriptor with these fields says of its page.
    PageState state(long offset, int size, int flags) {
        if (isZeroPage(offset, size, flags)) {
            return PageState.ZERO;
        }
        return canBeStoredAt(offset, size, flags) && source.covers(offset, size) ? PageState.STORED : PageState.LOST;
    }

    /// Whether these can be the fields of a page's descriptor; a hole of the file may have swallowed the page.
    private boolean canBeStoredAt(long offset, int size, int flags) {
        return offset > descriptorsAt
                && size > 0
                && size <= pageBytes()
                && (flags != 0 || size == pageBytes())
                && offset <= source.size() - size
                && Compression.ofFlag(flags) != null;
    }

    LostPages lostPages() {
        return lostPages;
    }
}

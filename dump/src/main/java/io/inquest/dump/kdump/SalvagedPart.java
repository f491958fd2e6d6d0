package io.inquest.dump.kdump;

import io.inquest.dump.DumpException;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PfnRange;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.Counted;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.kdump.DescriptorChain.Condition;
import io.inquest.dump.kdump.DescriptorChain.Link;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageLog;
import io.inquest.dump.salvage.SuspectPlaces;
import io.inquest.dump.trailer.Section;
import io.inquest.dump.trailer.Trailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One damaged kdump-compressed file, put right as far as it can be, by patches over it; the file is not changed.
final class SalvagedPart {

    private static final int WINDOW_FRAMES = 1 << 20;

    /// With more wrong descriptors than these the table is junk, and nothing but the pages themselves can be asked.
    private static final int MOST_DISTRUSTED = 1 << 16;

    private final SalvageLog log;
    private PatchedSource source;
    private KdumpDump dump;
    private Optional<Trailer> trailer;
    private SuspectPlaces suspects = new SuspectPlaces(List.of());
    private final Set<Long> distrusted = new HashSet<>();
    private final Set<Long> unconfirmed = new HashSet<>();
    private long vouched = Long.MAX_VALUE;
    private FrameAlignment alignment;
    private FrameEvidence evidence = FrameEvidence.NONE;

    private SalvagedPart(ByteSource file, SalvageLog log) throws IOException {
        this.log = log;
        this.source = new PatchedSource(file);
        // A trailer knows the header's bytes; what is told by the tables comes after it.
        Optional<Trailer> own = Trailer.atEnd(source);
        if (own.isPresent()) {
            own.get().repair(source).tell(log::repaired);
        }
        HeaderRecovery.recover(source, log);
        this.dump = openAgain();
        this.trailer = dump.trailer().isPresent() ? dump.trailer() : Trailer.atEnd(source);
        this.alignment = FrameAlignment.trusting(dump.table());
    }

    /// Repairs what can be repaired of `file`, which the caller closes.
    static SalvagedPart open(ByteSource file, FrameEvidence evidence, SalvageLog log) throws IOException {
        SalvagedPart part = new SalvagedPart(file, log);
        part.repairByChecksums();
        part.repairDescriptors();
        part.repairBitmapByBitmap();
        part.dump = part.openAgain();
        part.undoShift(evidence);
        part.align(evidence);
        return part;
    }

    private void undoShift(FrameEvidence given) throws IOException {
        boolean isUnfinished = (dump.header().status() & KdumpHeader.STATUS_INCOMPLETE) != 0;
        if (trailer.isPresent() || isUnfinished) {
            return;
        }
        long eraseBytes = dump.header().eraseInfo().orElse("").length();
        ForeignShift.Outcome shift = ForeignShift.of(table(), eraseBytes, given);
        // One that has lost its trailer was cut.
        vouched = Trailer.isAnnounced(dump.notes()) ? vouched : shift.vouched();
        if (shift.undone().isPresent()) {
            long bytes = source.size() - shift.undone().get().size();
            log.repaired(Counted.of(Math.abs(bytes), "byte")
                    + (bytes > 0 ? " too many among the pages" : " missing among the pages")
                    + "; those behind that place were found by their contents where they are");
            source = new PatchedSource(shift.undone().get());
            dump = openAgain();
        }
    }

    /// What was read before a patch may be in a cache.
    private KdumpDump openAgain() throws IOException {
        return new KdumpFormat().openKdump(source, Warnings.NONE);
    }

    KdumpDump dump() {
        return dump;
    }

    PageTable table() {
        return dump.table();
    }

    Optional<Trailer> trailer() {
        return trailer;
    }

    PfnRange range() {
        return table().range();
    }

    FrameAlignment alignment() {
        return alignment;
    }

    /// Whether checksums cover these bytes of the data and hold, and descriptor `index`, which leads to them, is right.
    boolean isChecked(long index, long offset, int size) {
        return trailer.isPresent() && !suspects.touch(offset, size) && !isUnconfirmed(index);
    }

    /// Whether a descriptor lies where a checksum does not hold, and no neighbour agrees with it.
    boolean isUnconfirmed(long index) {
        boolean known = unconfirmed.size() < MOST_DISTRUSTED;
        return isSuspectDescriptor(index) && (!known || unconfirmed.contains(index));
    }

    private boolean isSuspectDescriptor(long index) {
        return suspects.touch(table().descriptorsAt() + index * PageDescriptors.BYTES, PageDescriptors.BYTES);
    }

    /// Whether something tells that the page of a descriptor is where it should be in the file.
    boolean isVouchedFor(long index) {
        return index < vouched;
    }

    boolean isSuspect(long offset, int size) {
        return suspects.touch(offset, size);
    }

    private void repairByChecksums() throws IOException {
        if (trailer.isEmpty()) {
            return;
        }
        Trailer.Repair repair = trailer.get().repair(source);
        repair.tell(log::repaired);
        suspects = new SuspectPlaces(repair.left());
        suspects = BitmapsByClasses.repair(source, trailer.get(), suspects, log);
        dump = openAgain();
        suspects.tell(log);
    }

    /// Each descriptor that two right ones enclose is what they leave to it.
    private void repairDescriptors() throws IOException {
        if (trailer.isPresent() && !suspects.has(Section.DESCRIPTORS.label())) {
            return;
        }
        PageTable table = table();
        long count = Math.max(
                table.storedPages(), table.isPart() ? 0 : table.describedRoom().orElse(0));
        long held = Math.clamp((source.size() - table.descriptorsAt()) / PageDescriptors.BYTES, 0, count);
        DescriptorChain chain = new DescriptorChain(
                table.descriptorsAt() + PageDescriptors.BYTES, source.size(), table.pageBytes(), this::patch);
        chain.beginAt(table.firstPageAt());
        for (long index = 0; index < held; index++) {
            PageDescriptors.Block block = table.descriptors().block(index);
            int at = PageDescriptors.indexInBlock(index);
            boolean shared = table.isZeroPage(block.offset(at), block.size(at), block.flags(at));
            chain.add(index, block.offset(at), block.size(at), block.flags(at), shared);
        }
        chain.end();
    }

    /// Whether a descriptor is known to be wrong, although it leads to a page.
    boolean isDistrusted(long index) {
        return distrusted.contains(index);
    }

    private void patch(Link link, Condition condition) {
        if (!link.isConfirmed() && unconfirmed.size() < MOST_DISTRUSTED && isSuspectDescriptor(link.index)) {
            unconfirmed.add(link.index);
        }
        if (condition == Condition.WRONG && distrusted.size() < MOST_DISTRUSTED) {
            distrusted.add(link.index);
        }
        if (condition != Condition.REPAIRABLE) {
            return;
        }
        ByteOrder order = dump.machine().order();
        ByteBuffer right =
                ByteBuffer.allocate(PageDescriptors.BYTES - Long.BYTES).order(order);
        right.putLong(link.offset).putInt(link.size).putInt(link.flags);
        source.patch(table().descriptorsAt() + link.index * PageDescriptors.BYTES, right.array());
        log.repaired("descriptor " + link.index + " " + link.problem);
    }

    /// Frames that are no memory cannot be stored. If as many of them are in bitmap 2 as it has bits too many, they are
    /// its wrong bits.
    private void repairBitmapByBitmap() throws IOException {
        dump = openAgain();
        PageTable table = table();
        OptionalLong room = room(table);
        if (room.isEmpty() || table.existing() == table.stored()) {
            return;
        }
        long surplus = table.stored().count(0, table.endPfn()) - room.getAsLong();
        long strangers = strangers(false);
        if (surplus > 0 && strangers == surplus) {
            strangers(true);
            log.repaired(surplus + " bits of bitmap 2, of page frames that are no memory, were wrong");
        }
    }

    /// How many descriptors there is room for, unless the first of them, which tells, is known to be wrong.
    private OptionalLong room(PageTable table) throws IOException {
        return isDistrusted(0) ? OptionalLong.empty() : table.describedRoom();
    }

    /// Counts the frames of bitmap 2 that are not in bitmap 1, or clears them.
    private long strangers(boolean clear) throws IOException {
        PageTable table = table();
        long bitmapAt = table.stored().end() - ((table.endPfn() + 7) >>> 3);
        long count = 0;
        PageBitmap existing = new PageBitmap(WINDOW_FRAMES);
        PageBitmap stored = new PageBitmap(WINDOW_FRAMES);
        for (long first = 0; first < table.endPfn(); first += WINDOW_FRAMES) {
            int frames = (int) Math.min(WINDOW_FRAMES, table.endPfn() - first);
            existing.reset(first, frames);
            stored.reset(first, frames);
            table.existing().mark(existing, 0, table.endPfn());
            table.stored().mark(stored, 0, table.endPfn());
            for (int word = 0; word < (frames + Long.SIZE - 1) / Long.SIZE; word++) {
                long wrong = stored.words()[word] & ~existing.words()[word];
                for (; wrong != 0; wrong &= wrong - 1) {
                    count++;
                    long pfn = first + (long) word * Long.SIZE + Long.numberOfTrailingZeros(wrong);
                    if (clear) {
                        source.flip(bitmapAt + (pfn >>> 3), (int) (pfn & 7));
                    }
                }
            }
        }
        return count;
    }

    /// Whether the contents of a page tell that it is of another frame. Asked only where bitmap 2 is damaged.
    boolean isOfAnother(long pfn, ByteBuffer page) {
        long told = evidence.frameOf(page);
        return told != FrameEvidence.UNKNOWN && told != pfn && told < table().endPfn();
    }

    /// Whether bits of bitmap 2 are only lost, so that those can be made again that the contents of pages tell.
    private boolean restoreLostBits(long described, FrameEvidence given, StoredPages pages) throws IOException {
        Optional<LostBits> lost =
                table().isPart() ? Optional.empty() : LostBits.find(table(), described, given, pages::pageOf);
        if (lost.isEmpty()) {
            return false;
        }
        long restored = lost.get().restore(source);
        dump = openAgain();
        alignment = lost.get().alignment(table());
        evidence = given;
        log.repaired("bitmap 2 has lost " + Counted.of(described - table().storedPages() + restored, "bit") + "; of "
                + Counted.of(restored, "page") + " the frames were told by the contents of pages");
        if (described > table().storedPages()) {
            log.lostPages(
                    described - table().storedPages(),
                    "whose bits of bitmap 2 are lost: which page frames they are of cannot be told");
        }
        return true;
    }

    private void align(FrameEvidence given) throws IOException {
        PageTable table = table();
        alignment = FrameAlignment.trusting(table);
        boolean proven = trailer.isPresent() && !suspects.has(Section.STORED_FRAMES.label());
        long promised = table.storedPages();
        if (proven || table.stored().knownEnd() < Math.min(range().endPfn(), table.endPfn())) {
            return;
        }
        try (StoredPages pages = new StoredPages(table)) {
            OptionalLong room = room(table);
            long all = table.isPart() ? table.stored().count(0, table.endPfn()) : promised;
            boolean counted = room.isPresent() && room.getAsLong() == all;
            boolean contradicted = FrameAlignment.isContradicted(table, given, pages::pageOf);
            if (!contradicted && (counted || room.isEmpty())) {
                return;
            }
            long described = room.isPresent() ? promised + room.getAsLong() - all : promised;
            if (described > promised && restoreLostBits(described, given, pages)) {
                return;
            }
            // Without any frame in bitmap 2 there is none that a page could be given to.
            if (all == 0 || (!given.learned() && !given.learnedFromMoved())) {
                throw new DumpException(source.name() + ": bitmap 2 has " + Counted.of(all, "page")
                        + " and the file descriptors of " + Counted.of(room.orElse(0), "page")
                        + ": which page belongs to which frame cannot be told"
                        + (all == 0 ? "" : ", since no page tells its own"));
            }
            alignment = FrameAlignment.byEvidence(table, described, given, pages::pageOf);
            evidence = given;
            for (FrameAlignment.Piece piece : alignment.pieces()) {
                if (piece.known() && piece.startPfn() > 0) {
                    log.repaired("bitmap 2 has a wrong bit before page frame 0x" + Long.toHexString(piece.startPfn())
                            + "; the frames from there on were told by the contents of their pages");
                }
            }
        }
    }
}

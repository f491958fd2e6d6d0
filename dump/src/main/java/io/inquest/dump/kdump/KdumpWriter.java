package io.inquest.dump.kdump;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PfnRange;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.trailer.Section;
import io.inquest.dump.trailer.SectionChecksum;
import io.inquest.dump.trailer.TrailerNote;
import io.inquest.dump.trailer.TrailerWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes a kdump-compressed file: first both bitmaps window by window, then the pages batch by
/// batch, then [#finish].
///
/// From the first byte on a file says in its header that it is incomplete; only [#finish] takes that back. A
/// stream says it by its missing end. Without a trailer the file has the bytes that makedumpfile would write.
/// Memory use is that of one bitmap window and two caches of 16 pages.
///
/// The writer does not close its sink. One thread at a time.
public final class KdumpWriter {

    private final ByteSink sink;
    private final KdumpLayout layout;
    private final HeaderEncoder headers;
    private final @Nullable TrailerWriter trailer;
    private final BitmapArea existing;
    private final BitmapArea stored;
    private final PairedCache pages;
    private final PfnRange part;
    private @Nullable SharedPages shared;
    private long promisedPages;
    private long appendedPages;
    private int lostMark;
    private boolean failed;

    private KdumpWriter(ByteSink sink, KdumpLayout layout, @Nullable TrailerWriter trailer) {
        long bitmap2 = layout.bitmapsOffset() + layout.bitmapStride();
        this.sink = sink;
        this.layout = layout;
        this.headers = new HeaderEncoder(layout);
        this.trailer = trailer;
        this.existing = new BitmapArea(
                sink,
                layout.bitmapsOffset(),
                layout.endPfn(),
                section(Section.EXISTING_FRAMES, layout.bitmapsOffset(), layout.bitmapBytes()));
        this.stored = new BitmapArea(
                sink, bitmap2, layout.endPfn(), section(Section.STORED_FRAMES, bitmap2, layout.bitmapBytes()));
        this.pages = new PairedCache(
                sink,
                layout,
                section(
                        Section.DESCRIPTORS,
                        layout.descriptorsOffset(),
                        layout.dataOffset() - layout.descriptorsOffset()),
                section(Section.DATA, layout.dataOffset(), layout.dumpablePages() * layout.blockBytes()));
        this.part = layout.header().part().orElse(new PfnRange(0, layout.endPfn()));
    }

    private @Nullable SectionChecksum section(Section section, long offset, long bytes) {
        return trailer == null ? null : trailer.section(section, offset, bytes);
    }

    /// Begins a file that other programs could have written.
    public static KdumpWriter create(ByteSink sink, KdumpLayout layout) throws IOException {
        KdumpWriter writer = new KdumpWriter(sink, layout, null);
        writer.begin();
        return writer;
    }

    /// Begins a file that ends with a trailer. Its note is added to those of the layout.
    public static KdumpWriter create(ByteSink sink, KdumpLayout layout, TrailerWriter trailer) throws IOException {
        KdumpLayout announcing = new KdumpLayout(
                layout.machine(),
                layout.header(),
                layout.notes().plus(TrailerNote.note()),
                layout.endPfn(),
                layout.dumpablePages());
        KdumpWriter writer = new KdumpWriter(sink, announcing, trailer);
        writer.begin();
        return writer;
    }

    private void begin() throws IOException {
        int mark = sink.showsItsEnd() ? 0 : KdumpHeader.STATUS_INCOMPLETE;
        sink.write(0, headers.mainHeader(layout.header().status() | mark));
        sink.write(layout.notesOffset(), layout.notes().bytes());
        sink.write(layout.subHeaderOffset(), headers.subHeader(0, 0));
        if (layout.sharesZeroPage()) {
            pages.addUndescribed(ByteBuffer.allocate(layout.blockBytes()));
        }
    }

    /// From now on a page whose stored form is in the file already takes no bytes but its descriptor's. A
    /// [io.inquest.dump.codec.PageHasher] must have named the pages of each batch.
    public void share(SharedPages pagesStored) {
        shared = pagesStored;
    }

    /// Writes the next window of bitmap 1: which frames are memory of the machine.
    public void writeExistingFrames(PageBitmap window) throws IOException {
        attempt(() -> existing.write(window));
    }

    /// Writes the next window of bitmap 2: which frames the dump holds, those full of zeros included.
    public void writeStoredFrames(PageBitmap window) throws IOException {
        attempt(() -> stored.write(window));
        for (long pfn = window.nextSet(part.startPfn()); pfn < Math.min(window.endPfn(), part.endPfn()); ) {
            long end = Math.min(window.nextClear(pfn), part.endPfn());
            promisedPages += end - pfn;
            pfn = window.nextSet(end);
        }
    }

    /// How many bytes are still to be written at most, when both bitmaps are: if all pages are stored as
    /// they are.
    public long mostBytesLeft() {
        long pagesLeft = promisedPages - appendedPages;
        int others =
                layout.blockBytes() + layout.header().eraseInfo().orElse("").length();
        return (KdumpLayout.DESCRIPTOR_BYTES + layout.blockBytes()) * pagesLeft
                + others
                + (trailer == null ? 0 : trailer.mostBytes());
    }

    /// Where what follows the bitmaps begins.
    public long bitmapsEnd() {
        return layout.descriptorsOffset();
    }

    /// Appends the next pages, in the order of their frames. All pages of the batch are pages of the dump:
    /// one that was left out of it is full of zeros and shares the one page of zeros, and one that was lost
    /// is described as lost.
    public void append(PackedPages batch) throws IOException {
        if (appendedPages + batch.count() > layout.dumpablePages()) {
            throw new IllegalStateException("more pages than the " + layout.dumpablePages() + " that have room");
        }
        attempt(() -> appendAll(batch));
        appendedPages += batch.count();
    }

    private void appendAll(PackedPages batch) throws IOException {
        if (shared != null || !pages.beginBatch(batch.count())) {
            appendEach(batch);
            return;
        }
        int at = 0;
        for (int page = 0; page < batch.count(); page++) {
            if (batch.isLost(page)) {
                lostMark = KdumpHeader.STATUS_INCOMPLETE;
                pages.describeShared(0, 0);
            } else if (batch.isLeftOut(page)) {
                pages.describeShared(sharedZeroPage(), layout.blockBytes());
            } else {
                int storedBytes = batch.storedBytes(page);
                pages.describe(batch.compression(page).flag(), at, storedBytes);
                at += storedBytes;
            }
        }
        pages.endBatch(batch.data());
    }

    private void appendEach(PackedPages batch) throws IOException {
        ByteBuffer data = batch.data();
        int at = 0;
        for (int page = 0; page < batch.count(); page++) {
            if (batch.isLost(page)) {
                putLostPage();
            } else if (batch.isLeftOut(page)) {
                putZeroPage();
            } else {
                putPage(batch, page, data, at);
                at += batch.storedBytes(page);
            }
        }
    }

    private void putPage(PackedPages batch, int page, ByteBuffer data, int at) throws IOException {
        int flags = batch.compression(page).flag();
        int storedBytes = batch.storedBytes(page);
        long known = shared == null ? -1 : shared.findOrAdd(batch, page, pages.dataEnd());
        if (known >= 0) {
            pages.addShared(flags, known, storedBytes);
        } else {
            pages.add(flags, data, at, storedBytes);
        }
    }

    /// An empty descriptor, as that of a page that was never written; so the file stays marked as incomplete.
    private void putLostPage() throws IOException {
        lostMark = KdumpHeader.STATUS_INCOMPLETE;
        pages.addShared(0, 0, 0);
    }

    private void putZeroPage() throws IOException {
        pages.addShared(0, sharedZeroPage(), layout.blockBytes());
    }

    private long sharedZeroPage() {
        if (!layout.sharesZeroPage()) {
            throw new IllegalArgumentException("a page without contents, but this level has no shared page of zeros");
        }
        return layout.dataOffset();
    }

    /// Appends a page in its stored form, from another file.
    void appendStored(int flags, ByteBuffer source, int sourceOffset, int storedBytes) throws IOException {
        attempt(() -> pages.add(flags, source, sourceOffset, storedBytes));
        appendedPages++;
    }

    /// Appends a page whose stored form this file holds already.
    void appendShared(int flags, long offset, int storedBytes) throws IOException {
        attempt(() -> pages.addShared(flags, offset, storedBytes));
        appendedPages++;
    }

    /// Where the next page that is stored will lie.
    long dataEnd() {
        return pages.dataEnd();
    }

    /// Appends a page full of zeros.
    void appendZeroPage() throws IOException {
        attempt(this::putZeroPage);
        appendedPages++;
    }

    /// Appends a page that the other file has lost: its descriptor says so by being zero.
    void appendLostPage() throws IOException {
        attempt(this::putLostPage);
        appendedPages++;
    }

    /// Makes [#finish] leave the file marked as incomplete: what it was made of was not whole either.
    public void keepIncompleteMark() {
        lostMark = KdumpHeader.STATUS_INCOMPLETE;
    }

    /// Ends the file: it now holds all that it promises, and says so unless pages were lost.
    public void finish() throws IOException {
        if (!existing.isWhole() || !stored.isWhole() || appendedPages != promisedPages) {
            throw new IllegalStateException(
                    appendedPages + " pages were written where the bitmap has " + promisedPages);
        }
        attempt(this::writeEnd);
    }

    private void writeEnd() throws IOException {
        byte[] erase = layout.header().eraseInfo().orElse("").getBytes(StandardCharsets.ISO_8859_1);
        long eraseOffset = erase.length == 0 ? 0 : pages.dataEnd();
        pages.addUndescribed(ByteBuffer.wrap(erase));
        pages.flush();
        if (erase.length > 0) {
            sink.rewrite(layout.subHeaderOffset(), headers.subHeader(eraseOffset, erase.length));
        }
        if (trailer != null) {
            checkHeaders(trailer, headers.subHeader(eraseOffset, erase.length));
            if (!trailer.writeTo(sink, pages.dataEnd())) {
                sink.rewrite(
                        layout.notesOffset(),
                        layout.notes().plus(TrailerNote.withdrawn()).bytes());
            }
        }
        if (!sink.showsItsEnd() || lostMark != 0) {
            // What the header promises has to be on the disk before the header is.
            sink.force();
            sink.rewrite(0, headers.mainHeader(layout.header().status() | lostMark));
        }
        sink.finish();
    }

    /// The headers are what changes until the end, so their checksum comes last.
    private void checkHeaders(TrailerWriter trailer, ByteBuffer subHeader) {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(layout.bitmapsOffset()));
        all.put(headers.mainHeader(layout.header().status() | lostMark));
        all.position((int) layout.subHeaderOffset()).put(subHeader);
        all.put(layout.notes().bytes());
        trailer.section(Section.HEADER, 0, all.capacity()).update(all.clear());
    }

    /// Ends the file early, after a failure of the sink or because nobody wants to wait: it says that it is
    /// incomplete, and the pages that it describes are there. The sink may still fail; then the file says the
    /// same by itself.
    public void markIncomplete() throws IOException {
        try {
            if (!failed) {
                attempt(pages::flush);
            }
        } finally {
            sink.rewrite(0, headers.mainHeader(layout.header().status() | KdumpHeader.STATUS_INCOMPLETE));
            sink.finish();
        }
    }

    /// After a failure nothing more may be appended: the caches are no longer in step with the sink.
    private void attempt(Writing writing) throws IOException {
        if (failed) {
            throw new IOException(sink.name() + ": nothing can be written after a failure");
        }
        failed = true;
        writing.run();
        failed = false;
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}

package io.inquest.dump.kdump;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.format.Counted;
import io.inquest.dump.split.SplitSet;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.io.IOException;
import java.util.OptionalLong;

/// Finds out whether a kdump-compressed file holds what it promises, by looks at a few places that depend
/// on all others.
final class Examination {

    /// How many pages at the end are looked at that may have no data of their own: their descriptors are 24 MiB.
    private static final int MOST_SHARING_PAGES = 1 << 20;

    private static final String SHIFTED = ": it is damaged, and frames may be given the contents of others";

    private final KdumpDump dump;
    private final PageTable table;
    private final DumpHeader header;
    private final Findings findings = new Findings();

    private Examination(KdumpDump dump) {
        this.dump = dump;
        this.table = dump.table();
        this.header = dump.header();
    }

    static Findings of(KdumpDump dump) {
        Examination examination = new Examination(dump);
        examination.examine();
        return examination.findings;
    }

    private void examine() {
        if ((header.status() & KdumpHeader.STATUS_INCOMPLETE) != 0) {
            findings.add(Finding.missing("header", "its writer marked it as incomplete"));
        }
        header.part()
                .ifPresent(
                        part -> findings.add(Finding.missing("split set", SplitSet.partRemark(part, table.endPfn()))));
        table.contradiction().ifPresent(problem -> findings.add(Finding.damaged("header", problem)));
        try {
            examinePlaces();
        } catch (IOException unreadable) {
            findings.add(Finding.damaged(
                    "bitmaps", "its bitmaps or descriptors cannot be read (" + unreadable.getMessage() + ")"));
        }
    }

    private void examinePlaces() throws IOException {
        long size = table.source().size();
        long end = Math.min(table.range().endPfn(), table.endPfn());
        if (end > 0 && !table.stored().knows(end - 1)) {
            findings.add(Finding.missing(
                    "bitmaps",
                    table.stored().end() > size
                            ? "the file ends at byte " + size + " inside its bitmaps"
                            : "a part of bitmap 2 is in no record of the flattened stream; which pages the dump has"
                                    + " from page frame 0x"
                                    + Long.toHexString(table.stored().knownEnd()) + " on is not known"));
            return;
        }
        if (end > 0 && !table.existing().knows(end - 1)) {
            findings.add(Finding.missing(
                    "bitmaps",
                    "a part of bitmap 1 is in no record of the flattened stream; which page frames the machine had from"
                            + " 0x" + Long.toHexString(table.existing().knownEnd()) + " on is not known"));
        }
        long pages = table.storedPages();
        long describable = table.describableFrames();
        OptionalLong described = table.describedRoom();
        if (described.isPresent() && described.getAsLong() != describable) {
            findings.add(Finding.damaged(
                    "bitmaps",
                    "bitmap 2 has " + Counted.of(describable, "page") + ", but the file has descriptors of "
                            + described.getAsLong() + SHIFTED));
        } else if (table.describesMore()) {
            findings.add(Finding.damaged(
                    "bitmaps",
                    "bitmap 2 has " + Counted.of(pages, "page") + " of this part, but the file describes more"
                            + SHIFTED));
        } else if (size < table.descriptorsAt() + pages * PageDescriptors.BYTES) {
            findings.add(Finding.missing(
                    "page descriptors",
                    "the file ends at byte " + size + " inside the descriptors of its " + Counted.of(pages, "page")));
        } else if (pages > 0) {
            examineEnd(pages - 1);
        }
    }

    /// Pages are written in order, so when the last one is there all are. Pages that are alike share the data of
    /// one of them, which may lie anywhere: so the last one that has data of its own is looked for.
    private void examineEnd(long lastIndex) throws IOException {
        long size = table.source().size();
        long zeros = table.descriptorsAt() + table.describableFrames() * PageDescriptors.BYTES;
        int eraseBytes = header.eraseInfo().orElse("").length();
        long supposedEnd = dump.trailer().map(Trailer::offset).orElse(size) - eraseBytes;
        long end = 0;
        for (long index = lastIndex; index >= Math.max(0, lastIndex - MOST_SHARING_PAGES); index--) {
            PageDescriptors.Block block = table.descriptors().block(index);
            int at = PageDescriptors.indexInBlock(index);
            long offset = block.offset(at);
            if (offset == 0 && end == 0) {
                findings.add(Finding.missing("pages", "pages at its end were never written"));
                return;
            }
            if (offset > size - block.size(at)) {
                findings.add(Finding.missing(
                        "pages",
                        "the file ends at byte " + size + ", but its last page ends at byte "
                                + Long.toUnsignedString(offset + block.size(at))));
                return;
            }
            end = offset == zeros ? end : Math.max(end, offset + block.size(at));
            if (end == supposedEnd) {
                return;
            }
        }
        // Without a byte of it, another program wrote the pages anew, and kept the notes.
        long trailerAt = end + eraseBytes;
        if (end > 0 && trailerAt < size && Trailer.isLost(dump.notes(), table.source())) {
            findings.add(
                    Trailer.beginsAt(table.source(), trailerAt)
                            ? Finding.dispensable("trailer", Trailer.lossOf(table.source()))
                            : Finding.missing("trailer", Trailer.absence(trailerAt)));
        }
    }
}

package io.inquest.dump.kdump;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.format.Counted;
import io.inquest.dump.split.SplitSet;
import io.inquest.dump.verify.FileEnd;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.io.IOException;
import java.util.OptionalLong;

/// Finds out whether a kdump-compressed file holds what it promises, by looks at a few places that depend
/// on all others.
final class Examination {

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
        FileEnd.unannounced(dump.notes(), dump.trailer()).ifPresent(findings::add);
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
            examineEnd();
        }
    }

    private void examineEnd() throws IOException {
        DataEnd data = DataEnd.of(table, header, dump.trailer());
        data.loss().ifPresent(findings::add);
        if (data.isKnown()) {
            for (Finding finding : FileEnd.examine(dump.notes(), table.source(), data.end(), dump.trailer())) {
                findings.add(finding);
            }
        }
    }
}

package io.inquest.dump.kdump;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.Finding;
import java.io.IOException;
import java.util.Optional;

/// Where the data of a kdump-compressed file ends, as its last descriptors tell.
///
/// Pages are written in order, so when the last one is there all are. Pages that are alike share the data of one of
/// them, which may lie anywhere: so the last one that has data of its own is looked for.
///
/// @param end one past the last page and the erase text behind it; 0 if that is not known
/// @param loss what is missing of the last pages, if anything is
record DataEnd(long end, Optional<Finding> loss) {

    /// How many pages at the end are looked at that may have no data of their own: their descriptors are 24 MiB.
    private static final int MOST_SHARING_PAGES = 1 << 20;

    /// Of a file of which bitmaps and descriptors are there. `trailer` is the one that was found so far.
    static DataEnd of(PageTable table, DumpHeader header, Optional<Trailer> trailer) throws IOException {
        long size = table.source().size();
        long zeros = table.descriptorsAt() + table.describableFrames() * PageDescriptors.BYTES;
        int eraseBytes = header.eraseInfo().orElse("").length();
        long supposedEnd = trailer.map(Trailer::offset).orElse(size) - eraseBytes;
        long end = 0;
        long last = table.storedPages() - 1;
        for (long index = last; index >= Math.max(0, last - MOST_SHARING_PAGES) && end != supposedEnd; index--) {
            PageDescriptors.Block block = table.descriptors().block(index);
            int at = PageDescriptors.indexInBlock(index);
            long offset = block.offset(at);
            if (offset == 0 && end == 0) {
                return lost("pages at its end were never written");
            }
            if (offset > size - block.size(at)) {
                return lost("the file ends at byte " + size + ", but its last page ends at byte "
                        + Long.toUnsignedString(offset + block.size(at)));
            }
            end = offset == zeros ? end : Math.max(end, offset + block.size(at));
        }
        return new DataEnd(end == 0 ? 0 : end + eraseBytes, Optional.empty());
    }

    private static DataEnd lost(String reason) {
        return new DataEnd(0, Optional.of(Finding.missing("pages", reason)));
    }

    boolean isKnown() {
        return end > 0;
    }
}

package io.inquest.dump.kdump;

import io.inquest.dump.PageState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/// Copies the pages of one kdump-compressed file as they are stored, in the order of their descriptors. Pages that
/// share
/// their bytes go on to do so, as long as the file has its pages in that order, too.
final class StoredPageCopier {

    private static final int READ_AHEAD_BYTES = 1 << 20;
    private static final int PROGRESS_MASK = 0xfff;

    private final PageTable table;
    private final KdumpWriter writer;
    private final LongConsumer progress;
    private final ByteBuffer ahead = ByteBuffer.allocateDirect(READ_AHEAD_BYTES);
    private long aheadOffset;
    private long pagesDone;
    private long lostPages;

    /// What of the source the new file holds in one piece: from where, up to where, and how far away from there.
    private long copiedFrom;

    private long copiedTo;
    private long moved;

    /// @param pagesDone pages that were copied from other files before
    StoredPageCopier(PageTable table, KdumpWriter writer, LongConsumer progress, long pagesDone) {
        this.table = table;
        this.writer = writer;
        this.progress = progress;
        this.pagesDone = pagesDone;
        this.ahead.limit(0);
    }

    void copyAll() throws IOException {
        long pages = table.storedPages();
        for (long index = 0; index < pages; index++) {
            PageDescriptors.Block block = table.descriptors().block(index);
            int at = PageDescriptors.indexInBlock(index);
            copy(block.offset(at), block.size(at), block.flags(at));
            if ((++pagesDone & PROGRESS_MASK) == 0) {
                progress.accept(pagesDone);
            }
        }
        progress.accept(pagesDone);
    }

    private void copy(long offset, int size, int flags) throws IOException {
        PageState state = table.state(offset, size, flags);
        switch (state) {
            case ZERO -> writer.appendZeroPage();
            case STORED -> copyStored(offset, size, flags);
            case LOST, EXCLUDED, ABSENT -> loseOne();
        }
    }

    private void copyStored(long offset, int size, int flags) throws IOException {
        if (offset >= copiedFrom && offset + size <= copiedTo) {
            writer.appendShared(flags, offset + moved, size);
            return;
        }
        int at;
        try {
            at = read(offset, size);
            table.lostPages().given();
        } catch (IOException refused) {
            table.lostPages().refused("page " + (pagesDone + 1), refused);
            loseOne();
            return;
        }
        if (offset != copiedTo || writer.dataEnd() - offset != moved) {
            copiedFrom = offset;
            moved = writer.dataEnd() - offset;
        }
        copiedTo = offset + size;
        writer.appendStored(flags, ahead, at, size);
    }

    private void loseOne() throws IOException {
        writer.appendLostPage();
        lostPages++;
    }

    /// Makes sure that a stored page is in the buffer, and answers where.
    private int read(long offset, int size) throws IOException {
        if (offset < aheadOffset || offset + size > aheadOffset + ahead.limit()) {
            try {
                fill(offset, (int) Math.min(READ_AHEAD_BYTES, table.source().size() - offset));
            } catch (IOException refused) {
                fill(offset, size);
            }
        }
        return (int) (offset - aheadOffset);
    }

    private void fill(long offset, int bytes) throws IOException {
        aheadOffset = offset;
        ahead.clear().limit(0);
        ByteBuffer target = ahead.duplicate().limit(bytes);
        table.source().readFully(offset, target);
        ahead.limit(bytes);
    }

    long pagesDone() {
        return pagesDone;
    }

    long lostPages() {
        return lostPages;
    }
}

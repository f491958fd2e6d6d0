package io.inquest.dump.kdump;

import io.inquest.dump.PageState;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.format.Zeros;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads pages by their descriptors, stored and unpacked both, with a buffer read ahead. One thread at a time.
final class StoredPages implements AutoCloseable {

    private static final int READ_AHEAD_BYTES = 1 << 20;

    private final PageTable table;
    private final ByteBuffer ahead = ByteBuffer.allocate(READ_AHEAD_BYTES);
    private final byte[] page;
    private final Unpacker unpacker;
    private long aheadOffset;
    private long dataEnd = -1;
    private long offset;
    private int size;
    private int flags;

    StoredPages(PageTable table) {
        this.table = table;
        this.page = new byte[table.pageBytes()];
        this.unpacker = new Unpacker(table.pageBytes());
        ahead.limit(0);
    }

    /// Moves to a descriptor and answers what it says of its page.
    PageState select(long index) throws IOException {
        PageDescriptors.Block block = table.descriptors().block(index);
        int at = PageDescriptors.indexInBlock(index);
        offset = block.offset(at);
        size = block.size(at);
        flags = block.flags(at);
        return table.state(offset, size, flags);
    }

    boolean isEmpty() {
        return offset == 0 && size == 0;
    }

    boolean isBehindEnd() {
        return offset > 0 && size > 0 && offset > table.source().size() - size;
    }

    /// Whether the page, or a part of it, is in a hole of the file.
    boolean isInHole() {
        return offset > 0 && size > 0 && !isBehindEnd() && !table.source().covers(offset, size);
    }

    long offset() {
        return offset;
    }

    int size() {
        return size;
    }

    int flags() {
        return flags;
    }

    boolean isZlib() {
        return flags == Compression.ZLIB.flag();
    }

    /// Whether the page is stored as it is and is nothing but zeros.
    boolean isPlainZero() {
        return flags == 0 && Zeros.only(page, 0, page.length);
    }

    /// Where the last page ends that a descriptor leads to.
    private long dataEnd() throws IOException {
        if (dataEnd < 0) {
            long count = Math.min(
                    table.storedPages(), (table.source().size() - table.descriptorsAt()) / PageDescriptors.BYTES);
            for (long index = 0; index < count; index++) {
                PageDescriptors.Block block = table.descriptors().block(index);
                int at = PageDescriptors.indexInBlock(index);
                if (table.state(block.offset(at), block.size(at), block.flags(at)) == PageState.STORED) {
                    dataEnd = Math.max(dataEnd, block.offset(at) + block.size(at));
                }
            }
        }
        return dataEnd;
    }

    /// Whether the loaded page, which is stored as it is, begins or ends with zeros that go on in the file for more
    /// than a page: no writer leaves such a stretch among its pages, and the page was written only in part.
    boolean bordersOnNothing(long dataStart) throws IOException {
        int edge = Long.BYTES;
        boolean behind = Zeros.only(page, page.length - edge, page.length)
                && offset + size + page.length <= dataEnd()
                && isNothing(offset + size, offset + size + page.length);
        return behind
                || (Zeros.only(page, 0, edge)
                        && offset - page.length > dataStart
                        && isNothing(offset - page.length, offset));
    }

    private boolean isNothing(long from, long to) throws IOException {
        if (to > table.source().size()) {
            return false;
        }
        byte[] bytes = new byte[(int) (to - from)];
        table.source().readFully(from, ByteBuffer.wrap(bytes));
        return Zeros.only(bytes, 0, bytes.length);
    }

    /// Reads and unpacks the selected page. False if it cannot be read or does not unpack to exactly a page.
    boolean load() {
        try {
            int at = read();
            unpacker.unpack(flags, ahead.array(), at, size, page, 0);
            return true;
        } catch (IOException refusedOrMalformed) {
            return false;
        }
    }

    /// The bytes of the page that was loaded, in the machine's order.
    ByteBuffer page() {
        return ByteBuffer.wrap(page).order(table.order());
    }

    /// Where its stored form is in [#stored].
    int storedAt() {
        return (int) (offset - aheadOffset);
    }

    ByteBuffer stored() {
        return ahead;
    }

    /// The page of a descriptor, or null if it has none of its own.
    @Nullable
    ByteBuffer pageOf(long index) throws IOException {
        return select(index) == PageState.STORED && load() ? page() : null;
    }

    private int read() throws IOException {
        if (offset < aheadOffset || offset + size > aheadOffset + ahead.limit()) {
            try {
                fill((int) Math.min(READ_AHEAD_BYTES, table.source().size() - offset));
            } catch (IOException refused) {
                fill(size);
            }
        }
        return (int) (offset - aheadOffset);
    }

    private void fill(int bytes) throws IOException {
        aheadOffset = offset;
        ahead.clear().limit(0);
        table.source().readFully(offset, ahead.duplicate().limit(bytes));
        ahead.limit(bytes);
    }

    @Override
    public void close() {
        unpacker.close();
    }
}

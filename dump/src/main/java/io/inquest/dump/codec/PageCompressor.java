package io.inquest.dump.codec;

import java.nio.ByteBuffer;

/// Brings batches of pages into the form in which a dumpfile stores them. Keeps state for reuse: one per thread.
///
/// A page is stored compressed only if that is strictly smaller than the page, and as it is otherwise; this is
/// the rule of kdump-compressed files.
public final class PageCompressor implements AutoCloseable {

    private final BlockCompressor compressor;
    private byte[] page = new byte[0];
    private byte[] stored = new byte[0];

    /// A compressor for pages; [Compression#NONE] only packs those that were not left out.
    public PageCompressor(Compression compression) {
        this.compressor = Codecs.newCompressor(compression);
    }

    public Compression compression() {
        return compressor.compression();
    }

    /// Stores `packed.count()` pages that lie one behind the other in `pages`, the first at index 0, whatever the
    /// position; the position stays. Direct buffers are best.
    public void compress(ByteBuffer pages, PackedPages packed) {
        int pageBytes = packed.pageBytes();
        if (page.length != pageBytes) {
            page = new byte[pageBytes];
            stored = new byte[pageBytes];
        }
        boolean[] leftOut = packed.leftOut();
        int[] storedBytes = packed.storedBytes();
        ByteBuffer data = packed.data().clear();
        int total = 0;
        for (int i = 0; i < packed.count(); i++) {
            if (!leftOut[i]) {
                storedBytes[i] = store(pages, i * pageBytes, data, total);
                total += storedBytes[i];
            }
        }
        packed.finish(compression(), total);
    }

    private int store(ByteBuffer pages, int pageOffset, ByteBuffer data, int dataOffset) {
        pages.get(pageOffset, page);
        int size = compressor.compress(page, 0, page.length, stored, 0, page.length - 1);
        if (size < 0) {
            data.put(dataOffset, page);
            return page.length;
        }
        data.put(dataOffset, stored, 0, size);
        return size;
    }

    @Override
    public void close() {
        compressor.close();
    }
}

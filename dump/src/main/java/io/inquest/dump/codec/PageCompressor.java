package io.inquest.dump.codec;

import java.nio.ByteBuffer;
import java.util.Objects;

/// Brings batches of pages into the form in which a dumpfile stores them. Keeps state for reuse: one per thread.
///
/// A page is stored compressed only if that is strictly smaller than the page, and as it is otherwise; this is
/// the rule of kdump-compressed files.
public final class PageCompressor implements AutoCloseable {

    private final Packing packing;
    private final PagePacker packer;

    /// The fastest compressor there is: by the native library, if it is there, and otherwise in Java. Which it was
    /// shows only in time and, for zlib and zstd, sizes. [Compression#NONE] only packs what was not left out.
    public PageCompressor(Packing packing) {
        this(packing, NativePages.canDo(packing.compression()) ? new NativePages(packing) : new JavaPages(packing));
    }

    /// As the other one, with the level that makes dumps fastest.
    public PageCompressor(Compression compression) {
        this(Packing.of(compression));
    }

    private PageCompressor(Packing packing, PagePacker packer) {
        this.packing = packing;
        this.packer = packer;
    }

    /// A compressor that gives the same bytes on every machine; zlib's are those of makedumpfile, as long as its
    /// zlib is of the release that the JDK has.
    public static PageCompressor reproducible(Compression compression) {
        return reproducible(Packing.of(compression));
    }

    /// The same with a level.
    static PageCompressor reproducible(Packing packing) {
        return new PageCompressor(packing, new JavaPages(packing));
    }

    public Compression compression() {
        return packing.compression();
    }

    /// Stores `packed.count()` pages that lie one behind the other in `pages`, the first at index 0, whatever the
    /// position; the position stays. A direct buffer saves a copy.
    public void compress(ByteBuffer pages, PackedPages packed) {
        Objects.checkFromIndexSize(0, packed.count() * packed.pageBytes(), pages.limit());
        packer.pack(pages, packed);
    }

    @Override
    public void close() {
        packer.close();
    }
}

package io.inquest.dump.codec;

import java.nio.ByteBuffer;

/// Packs pages with the codecs in Java, one page at a time.
final class JavaPages implements PagePacker {

    private final BlockCompressor compressor;
    private byte[] page = new byte[0];
    private byte[] stored = new byte[0];

    JavaPages(Packing packing) {
        compressor = Codecs.newCompressor(packing);
    }

    @Override
    public void pack(ByteBuffer pages, PackedPages packed) {
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
        packed.finish(compressor.compression(), total);
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

package io.inquest.dump.codec;

import java.nio.ByteBuffer;

/// One way to do what a [PageCompressor] does.
sealed interface PagePacker extends AutoCloseable permits JavaPages, NativePages {

    void pack(ByteBuffer pages, PackedPages packed);

    @Override
    void close();
}

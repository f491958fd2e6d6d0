package io.inquest.dump.kdump;

import io.inquest.dump.codec.BlockDecompressor;
import io.inquest.dump.codec.Codecs;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.MalformedBlockException;
import java.util.EnumMap;
import java.util.Map;

/// Unpacks the stored forms of pages, with a decompressor for each compression that has come. One thread at a time.
final class Unpacker implements AutoCloseable {

    private final int pageBytes;
    private final Map<Compression, BlockDecompressor> decompressors = new EnumMap<>(Compression.class);

    Unpacker(int pageBytes) {
        this.pageBytes = pageBytes;
    }

    /// Writes the page whose `size` stored bytes are at `at` of `stored` to `to`. `flags` are those of its descriptor.
    /// Throws if not exactly a page comes of it.
    void unpack(int flags, byte[] stored, int at, int size, byte[] to, int toAt) throws MalformedBlockException {
        Compression compression = Compression.ofFlag(flags);
        if (compression == null) {
            throw new MalformedBlockException("its descriptor has the unknown flags 0x" + Integer.toHexString(flags));
        }
        if (compression == Compression.NONE) {
            System.arraycopy(stored, at, to, toAt, pageBytes);
            return;
        }
        int expanded = decompressor(compression).decompress(stored, at, size, to, toAt, pageBytes);
        if (expanded != pageBytes) {
            throw new MalformedBlockException(
                    "its " + compression.label() + " data gives " + expanded + " of " + pageBytes + " bytes");
        }
    }

    private BlockDecompressor decompressor(Compression compression) {
        BlockDecompressor known = decompressors.get(compression);
        if (known == null) {
            known = Codecs.newDecompressor(compression);
            decompressors.put(compression, known);
        }
        return known;
    }

    @Override
    public void close() {
        for (BlockDecompressor decompressor : decompressors.values()) {
            decompressor.close();
        }
    }
}

package io.inquest.dump.trailer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Where the chunks of a class map are, by frame. Each entry, little-endian:
///
/// | Offset | Size | Field       | Meaning                                                    |
/// |-------:|-----:|-------------|------------------------------------------------------------|
/// |      0 |    8 | `first_pfn` | first frame that the chunk speaks of                       |
/// |      8 |    8 | `frames`    | number of frames                                           |
/// |     16 |    8 | `offset`    | where in the trailer the chunk begins                      |
/// |     24 |    4 | `bytes`     | its compressed size                                        |
/// |     28 |    4 | `crc`       | CRC32C of the compressed bytes                             |
///
/// Entries are in the order of frames and do not overlap.
final class ClassMapIndex {

    static final int ENTRY_BYTES = 32;

    private final long[] firstPfns;
    private final long[] frames;
    private final long[] offsets;
    private final int[] sizes;
    private final int[] crcs;

    private ClassMapIndex(int entries) {
        firstPfns = new long[entries];
        frames = new long[entries];
        offsets = new long[entries];
        sizes = new int[entries];
        crcs = new int[entries];
    }

    /// Reads `entries` entries, or nothing if one of them cannot be right. Chunks are in the trailer's
    /// first `chunkBytes` bytes.
    static Optional<ClassMapIndex> parse(ByteBuffer bytes, int entries, long chunkBytes) {
        ClassMapIndex index = new ClassMapIndex(entries);
        long previousEnd = 0;
        for (int i = 0; i < entries; i++) {
            index.firstPfns[i] = bytes.getLong();
            index.frames[i] = bytes.getLong();
            index.offsets[i] = bytes.getLong();
            index.sizes[i] = bytes.getInt();
            index.crcs[i] = bytes.getInt();
            boolean inOrder = index.firstPfns[i] >= previousEnd && index.frames[i] >= 0 && index.end(i) >= 0;
            boolean inPlace = index.sizes[i] >= 0
                    && index.sizes[i] <= ClassMapWriter.MOST_STORED_CHUNK_BYTES
                    && index.offsets[i] >= 0
                    && index.offsets[i] <= chunkBytes - index.sizes[i];
            if (!inOrder || !inPlace) {
                return Optional.empty();
            }
            previousEnd = index.end(i);
        }
        return Optional.of(index);
    }

    int entries() {
        return firstPfns.length;
    }

    /// The chunk that speaks of a frame, or -1.
    int chunkOf(long pfn) {
        int found = Arrays.binarySearch(firstPfns, pfn);
        int chunk = found >= 0 ? found : -found - 2;
        return chunk >= 0 && pfn < end(chunk) ? chunk : -1;
    }

    /// Where the first chunk behind a frame that no chunk speaks of begins.
    long nextChunkAt(long pfn) {
        int found = Arrays.binarySearch(firstPfns, pfn);
        int next = found >= 0 ? found + 1 : -found - 1;
        return next < firstPfns.length ? firstPfns[next] : Long.MAX_VALUE;
    }

    long end(int chunk) {
        return firstPfns[chunk] + frames[chunk];
    }

    long firstPfn(int chunk) {
        return firstPfns[chunk];
    }

    long frames(int chunk) {
        return frames[chunk];
    }

    long offset(int chunk) {
        return offsets[chunk];
    }

    int size(int chunk) {
        return sizes[chunk];
    }

    int crc(int chunk) {
        return crcs[chunk];
    }
}

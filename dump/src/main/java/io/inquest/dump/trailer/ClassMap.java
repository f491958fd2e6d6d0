package io.inquest.dump.trailer;

import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Looks up the class of a frame in a trailer. Expands one chunk at a time and keeps the last one.
///
/// Safe for many threads: what is kept is replaced as a whole.
final class ClassMap {

    private final ByteSource source;
    private final long trailerOffset;
    private final ClassMapIndex index;
    private volatile @Nullable Chunk latest;

    ClassMap(ByteSource source, long trailerOffset, ClassMapIndex index) {
        this.source = source;
        this.trailerOffset = trailerOffset;
        this.index = index;
    }

    /// The recorded class of a frame; nothing if it was kept, or if the map does not tell or is damaged there.
    OptionalInt code(long pfn) {
        int number = index.chunkOf(pfn);
        if (number < 0) {
            return OptionalInt.empty();
        }
        int code = chunk(number).code(pfn);
        return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /// One past the last frame from `pfn` on that has the same code, as far as one chunk tells.
    long sameCodeUntil(long pfn) {
        int number = index.chunkOf(pfn);
        if (number < 0) {
            return index.nextChunkAt(pfn);
        }
        return Math.min(chunk(number).sameCodeUntil(pfn), index.end(number));
    }

    /// The chunks that do not have their checksum.
    List<Damage> verify() {
        List<Damage> damage = new ArrayList<>();
        for (int number = 0; number < index.entries(); number++) {
            if (stored(number).isEmpty()) {
                damage.add(new Damage("class map", trailerOffset + index.offset(number), index.size(number)));
            }
        }
        return damage;
    }

    private Chunk chunk(int number) {
        Chunk chunk = latest;
        if (chunk == null || chunk.number != number) {
            chunk = read(number);
            latest = chunk;
        }
        return chunk;
    }

    /// Adds all runs to `target`, or those before the first damaged chunk; then it answers false.
    boolean copyTo(ClassMapWriter target) {
        long pfn = 0;
        for (int number = 0; number < index.entries(); number++) {
            if (index.firstPfn(number) != pfn) {
                return false;
            }
            pfn = read(number).copyTo(target, pfn);
            if (pfn != index.firstPfn(number) + index.frames(number)) {
                return false;
            }
        }
        return true;
    }

    private Chunk read(int number) {
        Optional<byte[]> stored = stored(number);
        return stored.isPresent() ? Chunk.expand(number, stored.get(), index.firstPfn(number)) : Chunk.lost(number);
    }

    /// The compressed bytes of a chunk, unless they are damaged or cannot be read.
    private Optional<byte[]> stored(int number) {
        ByteBuffer compressed = ByteBuffer.allocate(index.size(number));
        try {
            source.readFully(trailerOffset + index.offset(number), compressed);
        } catch (IOException lost) {
            return Optional.empty();
        }
        CRC32C crc = new CRC32C();
        crc.update(compressed.flip());
        return (int) crc.getValue() == index.crc(number) ? Optional.of(compressed.array()) : Optional.empty();
    }

    /// The runs of one chunk: `codes[i]` up to and without `ends[i]`. A frame behind them has no code.
    private static final class Chunk {

        private final int number;
        private final long[] ends;
        private final int[] codes;

        private Chunk(int number, long[] ends, int[] codes) {
            this.number = number;
            this.ends = ends;
            this.codes = codes;
        }

        static Chunk lost(int number) {
            return new Chunk(number, new long[0], new int[0]);
        }

        static Chunk expand(int number, byte[] compressed, long firstPfn) {
            byte[] runs = new byte[ClassMapWriter.MOST_CHUNK_BYTES];
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(compressed);
                return parse(number, runs, inflater.inflate(runs), firstPfn);
            } catch (DataFormatException damaged) {
                return lost(number);
            } finally {
                inflater.end();
            }
        }

        private static Chunk parse(int number, byte[] runs, int length, long firstPfn) {
            long[] ends = new long[length / 2];
            int[] codes = new int[length / 2];
            long pfn = firstPfn;
            int count = 0;
            RunReader reader = new RunReader(runs, length);
            while (reader.hasNext() && count < ends.length) {
                codes[count] = (int) reader.next();
                pfn += reader.next();
                ends[count++] = pfn;
            }
            return new Chunk(number, Arrays.copyOf(ends, count), Arrays.copyOf(codes, count));
        }

        /// Adds the runs, which begin at `firstPfn`, and answers where they end.
        long copyTo(ClassMapWriter target, long firstPfn) {
            long pfn = firstPfn;
            for (int run = 0; run < codes.length && ends[run] >= pfn; run++) {
                target.add(codes[run], ends[run] - pfn);
                pfn = ends[run];
            }
            return pfn;
        }

        int code(long pfn) {
            int run = runOf(pfn);
            return run < codes.length ? codes[run] : 0;
        }

        long sameCodeUntil(long pfn) {
            int run = runOf(pfn);
            return run < codes.length ? ends[run] : Long.MAX_VALUE;
        }

        private int runOf(long pfn) {
            int found = Arrays.binarySearch(ends, pfn);
            return found >= 0 ? found + 1 : -found - 1;
        }
    }
}

package io.inquest.dump.trailer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/// Collects the class of every frame, in runs, as compressed chunks that can be read each on its own.
///
/// A chunk is a zlib stream of at most 16 KiB of runs. A run is two numbers of 7 bits a byte, lowest first,
/// the highest bit set in all bytes but the last: the class code, and the number of frames that have it.
///
/// Runs cost two to three bytes each. The map takes at most 8 MiB: what lies behind is not recorded, which
/// the trailer says.
public final class ClassMapWriter {

    static final int MOST_CHUNK_BYTES = 16 << 10;

    /// A chunk that does not compress grows by a few bytes.
    static final int MOST_STORED_CHUNK_BYTES = MOST_CHUNK_BYTES + 1024;

    private static final int MOST_MAP_BYTES = 8 << 20;
    private static final int MOST_RUN_BYTES = 5 + 10;

    private final Deflater deflater = new Deflater();
    private final byte[] runs = new byte[MOST_CHUNK_BYTES];
    private final byte[] compressed = new byte[MOST_STORED_CHUNK_BYTES];
    private final List<byte[]> chunks = new ArrayList<>();
    private final List<long[]> chunkFrames = new ArrayList<>();
    private int runBytes;
    private long chunkFirstPfn;
    private long chunkEndPfn;
    private int pendingCode;
    private long pendingFrames;
    private long mapBytes;
    private boolean cut;

    ClassMapWriter() {}

    /// Says that the next `frames` frames have class `code`; frames are counted from 0 without gaps.
    public void add(int code, long frames) {
        if (code < 0 || frames < 0) {
            throw new IllegalArgumentException("class " + code + " of " + frames + " frames");
        }
        if (code != pendingCode) {
            putPendingRun();
            pendingCode = code;
        }
        pendingFrames += frames;
    }

    /// Says that nothing is known of the frames behind those added so far.
    void cut() {
        putPendingRun();
        if (runBytes > 0) {
            endChunk();
        }
        cut = true;
    }

    /// Whether the map became too large and does not speak of all frames.
    boolean isCut() {
        return cut;
    }

    private void putPendingRun() {
        if (cut) {
            pendingFrames = 0;
        }
        if (pendingFrames == 0) {
            return;
        }
        if (runBytes + MOST_RUN_BYTES > MOST_CHUNK_BYTES) {
            endChunk();
        }
        putNumber(pendingCode);
        putNumber(pendingFrames);
        chunkEndPfn += pendingFrames;
        pendingFrames = 0;
    }

    private void putNumber(long number) {
        long rest = number;
        while (rest >= 0x80) {
            runs[runBytes++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        runs[runBytes++] = (byte) rest;
    }

    private void endChunk() {
        deflater.reset();
        deflater.setInput(runs, 0, runBytes);
        deflater.finish();
        int size = deflater.deflate(compressed);
        if (mapBytes + size > MOST_MAP_BYTES) {
            cut = true;
        } else {
            mapBytes += size;
            chunks.add(Arrays.copyOf(compressed, size));
            chunkFrames.add(new long[] {chunkFirstPfn, chunkEndPfn - chunkFirstPfn});
        }
        chunkFirstPfn = chunkEndPfn;
        runBytes = 0;
    }

    /// Ends the map; nothing may be added afterwards.
    void finish() {
        putPendingRun();
        if (runBytes > 0) {
            endChunk();
        }
        deflater.end();
    }

    /// The compressed chunks in order.
    List<byte[]> chunks() {
        return chunks;
    }

    /// Chunks and index, with the chunk that has not been ended.
    long mostBytes() {
        return mapBytes + MOST_STORED_CHUNK_BYTES + indexBytes() + ClassMapIndex.ENTRY_BYTES;
    }

    long chunkBytes() {
        return mapBytes;
    }

    int indexBytes() {
        return ClassMapIndex.ENTRY_BYTES * chunks.size();
    }

    void putIndex(ByteBuffer target) {
        CRC32C crc = new CRC32C();
        long offset = 0;
        for (int i = 0; i < chunks.size(); i++) {
            byte[] chunk = chunks.get(i);
            crc.reset();
            crc.update(chunk);
            target.putLong(chunkFrames.get(i)[0]).putLong(chunkFrames.get(i)[1]);
            target.putLong(offset).putInt(chunk.length).putInt((int) crc.getValue());
            offset += chunk.length;
        }
    }
}

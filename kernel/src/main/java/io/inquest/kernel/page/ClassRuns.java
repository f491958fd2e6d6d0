package io.inquest.kernel.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The classes of a whole machine's frames in few bytes, so that struct pages need to be read only once.
///
/// Frames are appended from 0 on without gaps and can be asked again window by window. Kept in blocks of 65536
/// frames, each a row of runs; a run is a number of 7 bits a byte, lowest first, of which the lowest four bits
/// are the class and the others the frames. When the budget is used up nothing more is taken, and whoever asks for
/// frames behind those that are here must classify them again.
///
/// For one thread while it is filled, then safe for many.
public final class ClassRuns {

    /// Enough for the frames of several terabytes, unless classes change every few frames.
    public static final int DEFAULT_BYTES = 8 << 20;

    private static final int BLOCK_BITS = 16;
    private static final int BLOCK_FRAMES = 1 << BLOCK_BITS;
    private static final int CLASS_BITS = 4;
    private static final int CLASS_MASK = (1 << CLASS_BITS) - 1;

    /// What a block costs beside its runs.
    private static final int BLOCK_OVERHEAD = 24;

    private final int mostBytes;
    private final List<byte[]> blocks = new ArrayList<>();
    private final byte[] encoded = new byte[BLOCK_FRAMES];
    private int encodedBytes;
    private int blockFrames;
    private int runClass;
    private int runFrames;
    private long bytes;
    private boolean full;

    /// Empty, for at most about `mostBytes` bytes.
    public ClassRuns(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// Whether the budget is used up.
    public boolean isFull() {
        return full;
    }

    /// Number of frames the classes of which are here, from frame 0 on.
    public long frames() {
        return ((long) blocks.size() << BLOCK_BITS) + blockFrames;
    }

    /// Appends the classes of the next `count` frames, or as many of them as there is room for.
    public void append(byte[] classes, int count) {
        for (int i = 0; i < count && !full; ) {
            int end = i + 1;
            byte pageClass = classes[i];
            int most = Math.min(count, i + BLOCK_FRAMES - blockFrames);
            while (end < most && classes[end] == pageClass) {
                end++;
            }
            appendRun(pageClass, end - i);
            i = end;
        }
    }

    private void appendRun(int pageClass, int frames) {
        if (pageClass != runClass && runFrames != 0) {
            encodeRun();
        }
        runClass = pageClass;
        runFrames += frames;
        blockFrames += frames;
        if (blockFrames == BLOCK_FRAMES) {
            encodeRun();
            endBlock();
        }
    }

    private void encodeRun() {
        int value = runFrames << CLASS_BITS | runClass;
        while (value > 0x7f) {
            encoded[encodedBytes++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        encoded[encodedBytes++] = (byte) value;
        runFrames = 0;
    }

    private void endBlock() {
        byte[] block = Arrays.copyOf(encoded, encodedBytes);
        boolean repeated = !blocks.isEmpty() && Arrays.equals(block, blocks.getLast());
        bytes += repeated ? Long.BYTES : BLOCK_OVERHEAD + block.length;
        full = bytes > mostBytes;
        if (!full) {
            blocks.add(repeated ? blocks.getLast() : block);
        }
        encodedBytes = 0;
        blockFrames = 0;
    }

    /// Writes the classes of `[firstPfn, firstPfn + frames)` to the start of `classes`; frames that were not
    /// appended are kept ones.
    public void fill(long firstPfn, int frames, byte[] classes) {
        Arrays.fill(classes, 0, frames, (byte) PageClass.KEPT.code());
        long end = Math.min(firstPfn + frames, frames());
        for (long pfn = firstPfn; pfn < end; ) {
            int block = (int) (pfn >>> BLOCK_BITS);
            long blockStart = (long) block << BLOCK_BITS;
            long blockEnd = Math.min(blockStart + BLOCK_FRAMES, end);
            boolean last = block == blocks.size();
            byte[] runs = last ? encoded : blocks.get(block);
            int length = last ? encodedBytes : runs.length;
            int decoded = decode(runs, length, blockStart - firstPfn, frames, classes);
            if (last) {
                fillRun(blockStart - firstPfn + decoded, runFrames, runClass, frames, classes);
            }
            pfn = blockEnd;
        }
    }

    /// Puts the runs of one block at `at`, which may lie outside the window in part. Returns the frames decoded.
    private static int decode(byte[] runs, int length, long at, int frames, byte[] classes) {
        int done = 0;
        for (int i = 0; i < length; ) {
            int value = 0;
            int shift = 0;
            byte next;
            do {
                next = runs[i++];
                value |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            int run = value >>> CLASS_BITS;
            fillRun(at + done, run, value & CLASS_MASK, frames, classes);
            done += run;
        }
        return done;
    }

    private static void fillRun(long at, int run, int pageClass, int frames, byte[] classes) {
        long from = Math.max(at, 0);
        long to = Math.min(at + run, frames);
        if (from < to) {
            Arrays.fill(classes, (int) from, (int) to, (byte) pageClass);
        }
    }
}

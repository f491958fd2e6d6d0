package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.Packing;
import io.inquest.makedumpfile.message.MemoryPlan;
import io.inquest.makedumpfile.message.MemoryPlan.Part;
import io.inquest.makedumpfile.option.Options.EqualPages;
import io.inquest.makedumpfile.option.Options.PackedPart;
import io.inquest.makedumpfile.option.Options.PrivateNote;
import io.inquest.makedumpfile.option.SizeOperand;
import java.io.IOException;
import java.util.List;

/// `--memory-plan`: how much memory a run with these options may take, of this machine or of one of a given size.
///
/// Every part has a bound of its own, whatever the dump; only what counts frames is smaller on a small machine.
final class MemoryPlanning {

    private static final int PAGE_BYTES = 4096;
    private static final long MIB = 1 << 20;

    /// Measured: a run that does next to nothing has 40 to 45 MiB.
    private static final long JVM_BYTES = 46 * MIB;

    /// What a thread has of its own: its stack and its part of the allocator's memory.
    private static final long THREAD_BYTES = MIB / 2;

    /// Heap that is garbage until the collector comes: its young generation, and as much as [OldGarbage] lets be.
    private static final long GARBAGE_BYTES = 10 * MIB;

    /// Blocks of struct pages and page tables.
    private static final long STRUCT_PAGE_BYTES = 6 * MIB;

    /// A list of frames that stay, with a bit for a frame at most; another one for tasks that were chosen.
    private static final long MOST_KEPT_BYTES = 8 * MIB;

    /// The class map takes at most three bytes for a frame and ends at 8 MiB, with the names of its chunks.
    private static final int CLASS_MAP_BYTES_PER_FRAME = 3;

    private static final long MOST_CLASS_MAP_BYTES = 9 * MIB;

    /// A checksum for each 64 KiB of the file, in an array that grew by doubling, then once more in the trailer.
    private static final int CHECKSUM_BYTES_PER_MIB = 16 * 3 * Integer.BYTES;

    /// Blocks grow with the file when there are 2^17 of them; tables have few beside the pages.
    private static final long MOST_CHECKSUM_BYTES = 2 * MIB;

    /// Bitmap blocks, descriptors and pages of a dump that is read, and for each thread.
    private static final long INPUT_BYTES = 12 * MIB;

    private static final long INPUT_BYTES_PER_THREAD = 2 * MIB / 5;

    private static final long CODEC_BYTES = MIB;
    private static final int FIRST_EXHAUSTIVE_LEVEL = 10;

    /// libdeflate's highest levels look for the best of all ways.
    private static final long EXHAUSTIVE_CODEC_BYTES = 10 * MIB;

    private final Run run;

    MemoryPlanning(Run run) {
        this.run = run;
    }

    Outcome plan() throws IOException {
        List<String> operands = run.options().operands();
        MemoryPlan plan = operands.isEmpty()
                ? plan(MemoryBudget.thisMachineBytes(), run.threads())
                : plan(SizeOperand.bytes(operands.getFirst()).orElseThrow(), run.threadsElsewhere());
        run.messages().events().memoryPlan(plan);
        run.messages().common(plan.text());
        return Outcome.COMPLETED;
    }

    private MemoryPlan plan(long machineBytes, int threads) {
        MemoryBudget budget = run.memory();
        long frames = Math.ceilDiv(machineBytes, (long) PAGE_BYTES);
        long window = Math.min(frames, budget.windowFrames());
        long bitmaps = window + 3 * window / Byte.SIZE;
        long record = Math.min(frames, budget.recordBytes());
        int lists = run.options().filter().keptTasks().isEmpty() ? 1 : 2;
        long kept = lists * Math.min(Math.ceilDiv(frames, (long) Byte.SIZE), MOST_KEPT_BYTES);
        boolean adaptive = run.options().output().packedPart() == PackedPart.AS_TIME_ALLOWS;
        long shared = run.options().output().equalPages() == EqualPages.SHARE ? budget.sharedBytes() : 0;
        return new MemoryPlan(
                machineBytes,
                threads,
                List.of(
                        new Part("jvm", "the JVM, its classes and machine code", JVM_BYTES + threads * THREAD_BYTES),
                        new Part("garbage", "garbage between two collections", GARBAGE_BYTES),
                        new Part("window", "classes and bitmaps of a window of frames", bitmaps),
                        new Part("classes", "classes of all frames, as runs", record),
                        new Part("trailer", "why pages are not in the dump, checksums", trailerBytes(frames)),
                        new Part("kept", "frames that stay whatever their class", kept),
                        new Part("structPages", "blocks of struct pages, page tables", STRUCT_PAGE_BYTES),
                        new Part(
                                "input",
                                "caches of a compressed input; a raw one has none",
                                INPUT_BYTES + threads * INPUT_BYTES_PER_THREAD),
                        new Part("batches", "pages on their way", PageFlow.bytes(threads, PAGE_BYTES, adaptive)),
                        new Part(
                                "codecs",
                                "compressors",
                                threads * codecBytes(run.options().output().packing())),
                        new Part("shared", "names of pages in the file (--dedup)", shared)));
    }

    private long trailerBytes(long frames) {
        if (run.options().output().note() == PrivateNote.OMIT) {
            return 0;
        }
        long checksums = frames * PAGE_BYTES / MIB * CHECKSUM_BYTES_PER_MIB;
        return Math.min(frames * CLASS_MAP_BYTES_PER_FRAME, MOST_CLASS_MAP_BYTES)
                + Math.min(checksums, MOST_CHECKSUM_BYTES);
    }

    private static long codecBytes(Packing packing) {
        boolean exhaustive =
                packing.compression() == Compression.ZLIB && packing.level().orElse(1) >= FIRST_EXHAUSTIVE_LEVEL;
        return exhaustive ? EXHAUSTIVE_CODEC_BYTES : CODEC_BYTES;
    }
}

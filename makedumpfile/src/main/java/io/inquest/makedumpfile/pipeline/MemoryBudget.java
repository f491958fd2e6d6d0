package io.inquest.makedumpfile.pipeline;

import io.inquest.kernel.page.ClassRuns;
import io.inquest.makedumpfile.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How much memory the work may take where less of it only costs time.
///
/// @param windowFrames frames whose classes are known at once
/// @param recordBytes for the classes of all frames, so that struct pages are read once
/// @param sharedBytes for the names of pages that are in the file (`--dedup`)
/// @param mostThreads that pack pages: each has its own buffers
record MemoryBudget(int windowFrames, int recordBytes, int sharedBytes, int mostThreads) {

    /// Classes of 4 Mi frames (16 GiB of memory), names of the last 262,144 pages.
    static final MemoryBudget USUAL = new MemoryBudget(4 << 20, ClassRuns.DEFAULT_BYTES, 12 << 20, Integer.MAX_VALUE);

    /// Classes of 512 Ki frames (2 GiB of memory), names of the last 65,536 pages.
    static final MemoryBudget LOW = new MemoryBudget(512 << 10, 2 << 20, 3 << 20, 2);

    /// The memory of a machine that died, which only a capture kernel has.
    private static final String CRASHED_MEMORY = "/proc/vmcore";

    private static final Path MEMORY = Path.of("/proc/meminfo");

    /// A machine with less than this is a capture kernel, or as tight as one.
    private static final long SMALL_MACHINE_BYTES = 512L << 20;

    /// The one for a run: low where the user asks for it, in a capture kernel, and on a machine with little memory.
    static MemoryBudget of(Options options) {
        boolean low = options.resources().memory() == Options.MemoryUse.LOW
                || (!options.operands().isEmpty()
                        && options.operands().getFirst().equals(CRASHED_MEMORY))
                || isSmallMachine();
        return low ? LOW : USUAL;
    }

    private static boolean isSmallMachine() {
        try {
            return thisMachineBytes() < SMALL_MACHINE_BYTES;
        } catch (IOException notTold) {
            return false;
        }
    }

    /// The memory that this system can use.
    static long thisMachineBytes() throws IOException {
        List<String> lines = Files.readAllLines(MEMORY);
        return kilobytes(lines.isEmpty() ? "" : lines.getFirst()) << 10;
    }

    /// Of a line such as `MemTotal:         215040 kB`; of any other, more than every machine has.
    static long kilobytes(String line) {
        int end = line.endsWith(" kB") ? line.length() - 3 : 0;
        int start = end;
        while (start > 0 && Character.isDigit(line.charAt(start - 1))) {
            start--;
        }
        return start == end || end - start > 15 ? Long.MAX_VALUE >>> 10 : Long.parseLong(line, start, end, 10);
    }
}

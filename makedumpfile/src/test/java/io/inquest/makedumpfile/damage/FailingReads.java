package io.inquest.makedumpfile.damage;

import io.inquest.dump.PhysicalSegment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/// Bytes of a file that a process cannot read, as those of a broken disk: a library that is loaded before the
/// C library answers EIO for them.
///
/// @param ranges the first byte of each, and the one behind its last
record FailingReads(Path library, Path file, List<Range> ranges) {

    private static final String SOURCE = "failing-reads.c";
    private static final int SECTOR_BYTES = 512;
    private static final int MOST_SECTORS = 128;
    private static final int MOST_RANGES = 8;
    private static final long PAGE_BYTES = 4096;

    /// Bytes `[start, end)`.
    record Range(long start, long end) {}

    FailingReads {
        ranges = List.copyOf(ranges);
    }

    /// Makes the library in a folder; nothing where no C compiler is.
    static Optional<Path> library(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve(SOURCE);
        Path library = folder.resolve("failing-reads.so");
        try (InputStream text = FailingReads.class.getResourceAsStream(SOURCE)) {
            if (text == null) {
                throw new IOException(SOURCE + " is not among the resources of the tests");
            }
            Files.copy(text, source);
        }
        try {
            int status = new ProcessBuilder(
                            "cc", "-O1", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("cc does not compile " + SOURCE + ", status " + status);
            }
        } catch (IOException missing) {
            if (!Files.exists(library) && String.valueOf(missing.getMessage()).contains("error=2")) {
                return Optional.empty();
            }
            throw missing;
        }
        return Optional.of(library);
    }

    /// A few stretches of whole sectors anywhere in a file.
    static FailingReads anywhere(Path library, Path file, Random random) throws IOException {
        List<Range> ranges = new ArrayList<>();
        long sectors = Files.size(file) / SECTOR_BYTES;
        for (int i = random.nextInt(MOST_RANGES); i >= 0; i--) {
            long start = random.nextLong(sectors) * SECTOR_BYTES;
            ranges.add(new Range(start, start + (1 + random.nextInt(MOST_SECTORS)) * (long) SECTOR_BYTES));
        }
        return new FailingReads(library, file, ranges);
    }

    /// The shell command line that makes a run one of which these reads fail.
    String wrapping() {
        StringBuilder list = new StringBuilder();
        for (Range range : ranges) {
            list.append(list.isEmpty() ? "" : ",")
                    .append(range.start)
                    .append('-')
                    .append(range.end);
        }
        return "export LD_PRELOAD='" + library + "' FAILING_FILE='" + file + "' FAILING_RANGES=" + list
                + "; exec \"$@\"";
    }

    /// The page frames that cannot be read of a dump in the file with such segments.
    TreeSet<Long> frames(List<PhysicalSegment> segments) {
        TreeSet<Long> frames = new TreeSet<>();
        for (PhysicalSegment segment : segments) {
            for (Range range : ranges) {
                long start = Math.max(range.start, segment.fileOffset()) - segment.fileOffset();
                long end = Math.min(range.end - segment.fileOffset(), segment.fileBytes());
                for (long at = start; at < end; at = (at | (PAGE_BYTES - 1)) + 1) {
                    frames.add((segment.physicalAddress() + at) / PAGE_BYTES);
                }
            }
        }
        return frames;
    }
}

package io.inquest.benchmarks;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/// Pages of a real kernel, none of them full of zeros, from all over its memory: enough of them that the processor
/// does not learn by heart how each compresses.
final class SamplePages {

    static final int COUNT = 256;
    static final int PAGE_BYTES = 4096;

    private SamplePages() {}

    static Dump open() throws IOException {
        return Dumps.open(List.of(Samples.unpack("6.12-d1")), System.err::println);
    }

    /// The pages one behind the other, in a direct buffer.
    static ByteBuffer read() throws IOException {
        ByteBuffer pages = ByteBuffer.allocateDirect(COUNT * PAGE_BYTES);
        try (Dump dump = open()) {
            PhysicalMemory memory = dump.memory();
            long[] stored = LongStream.range(0, memory.endPfn())
                    .filter(pfn -> memory.state(pfn) == PageState.STORED)
                    .toArray();
            for (int i = 0; i < COUNT; i++) {
                int chosen = (int) ((long) i * stored.length / COUNT);
                memory.readPages(stored[chosen], 1, pages, new PageState[1]);
            }
        }
        return pages.clear();
    }
}

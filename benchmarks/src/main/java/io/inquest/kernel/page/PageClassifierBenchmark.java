package io.inquest.kernel.page;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.StructPageBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Deciding the classes of frames whose struct pages are at hand, by the frame. They are those of Linux 6.12, all
/// kinds in no order: worse for the processor's guesses than a real machine.
@State(Scope.Thread)
public class PageClassifierBenchmark {

    private static final KernelEra ERA = KernelEra.v6_12();
    private static final int FRAMES = 1 << 14;
    private static final int LARGEST_ORDER = 9;

    private final byte[] classes = new byte[FRAMES];
    private StructPages block;
    private PageClassifier classifier;

    @Setup
    public void load() throws IOException {
        VmcoreInfo info = VmcoreInfo.parse(ERA.vmcoreinfo());
        PageLayout layout = PageLayout.of(info, ERA.wordBytes(), ByteOrder.LITTLE_ENDIAN);
        classifier = new PageClassifier(layout);
        block = new StructPages(layout.shape, FRAMES);
        block.load(new Bytes(structPages()), 0, 0, FRAMES);
    }

    private static byte[] structPages() {
        StructPageBuilder pages = new StructPageBuilder(ERA, ByteOrder.LITTLE_ENDIAN, 0, FRAMES);
        Random random = new Random(1);
        for (int pfn = 0; pfn < FRAMES; ) {
            int possible = Math.min(LARGEST_ORDER, Integer.numberOfTrailingZeros(pfn | FRAMES));
            int order = random.nextInt(possible + 1);
            put(pages, random.nextInt(8), pfn, order);
            pfn += 1 << order;
        }
        return pages.bytes();
    }

    private static void put(StructPageBuilder pages, int kind, int pfn, int order) {
        switch (kind) {
            case 0 -> pages.free(pfn, order);
            case 1 -> pages.anonymousHuge(pfn, order);
            case 2 -> pages.fileHuge(pfn, order);
            case 3 -> pages.slab(pfn, order);
            case 4 -> pages.anonymous(pfn);
            case 5 -> pages.file(pfn);
            case 6 -> pages.privateFile(pfn);
            default -> pages.reserved(pfn);
        }
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public byte[] classify() {
        classifier.classify(block, FRAMES, classes, 0, new ChunkFindings());
        return classes;
    }

    /// An address space of nothing but these bytes, from address 0 on.
    private static final class Bytes implements AddressSpace {

        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public ByteOrder order() {
            return ByteOrder.LITTLE_ENDIAN;
        }

        @Override
        public int wordBytes() {
            return Long.BYTES;
        }

        @Override
        public Mapping translate(long virtualAddress, long length) {
            return new Mapping.NotPresent(virtualAddress, length, List.of());
        }

        @Override
        public void read(long virtualAddress, ByteBuffer target) {
            target.put(bytes, (int) virtualAddress, target.remaining());
        }
    }
}

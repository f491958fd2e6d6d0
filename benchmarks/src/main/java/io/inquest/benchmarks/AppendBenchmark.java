package io.inquest.benchmarks;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.NoteArea;
import io.inquest.dump.Utsname;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.codec.PageCompressor;
import io.inquest.dump.io.DiscardingSink;
import io.inquest.dump.kdump.KdumpLayout;
import io.inquest.dump.kdump.KdumpWriter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Writing page descriptors and stored pages of a kdump-compressed file, by the page, to a sink that takes all.
@State(Scope.Thread)
public class AppendBenchmark {

    /// More pages than can be appended in years.
    private static final long PAGES = 1L << 40;

    private final PackedPages packed = new PackedPages(SamplePages.PAGE_BYTES, SamplePages.COUNT);
    private KdumpWriter writer;

    @Setup
    public void open() throws IOException {
        packed.start(SamplePages.COUNT);
        try (PageCompressor compressor = new PageCompressor(Compression.ZLIB)) {
            compressor.compress(SamplePages.read(), packed);
        }
        writer = KdumpWriter.create(new DiscardingSink("nowhere"), layout());
    }

    private static KdumpLayout layout() {
        Machine machine = new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, Long.BYTES, 12);
        DumpHeader header = new DumpHeader(
                "kdump-compressed version 6",
                Utsname.UNKNOWN,
                Optional.empty(),
                OptionalInt.of(31),
                OptionalLong.empty(),
                Compression.ZLIB.flag(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
        return new KdumpLayout(machine, header, NoteArea.of(List.of(), machine.order()), PAGES, PAGES);
    }

    @Benchmark
    @OperationsPerInvocation(SamplePages.COUNT)
    public void append() throws IOException {
        writer.append(packed);
    }
}

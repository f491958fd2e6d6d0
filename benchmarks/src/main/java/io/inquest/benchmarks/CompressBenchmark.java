package io.inquest.benchmarks;

import io.inquest.dump.codec.Codecs;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.codec.PageCompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Bringing pages into their stored form, by the page.
@State(Scope.Thread)
public class CompressBenchmark {

    /// Which code compresses.
    public enum Code {
        JAVA,
        NATIVE
    }

    @Param({"ZLIB", "LZO", "SNAPPY", "ZSTD"})
    private Compression compression = Compression.NONE;

    @Param
    private Code code = Code.JAVA;

    private final PackedPages packed = new PackedPages(SamplePages.PAGE_BYTES, SamplePages.COUNT);
    private ByteBuffer pages;
    private PageCompressor compressor;

    @Setup
    public void open() throws IOException {
        if (code == Code.NATIVE && Codecs.describe().getFirst().startsWith("native codecs: none")) {
            throw new IllegalStateException(Codecs.describe().getFirst());
        }
        pages = SamplePages.read();
        compressor = code == Code.JAVA ? PageCompressor.reproducible(compression) : new PageCompressor(compression);
    }

    @TearDown
    public void close() {
        compressor.close();
    }

    @Benchmark
    @OperationsPerInvocation(SamplePages.COUNT)
    public int compress() {
        packed.start(SamplePages.COUNT);
        compressor.compress(pages, packed);
        return packed.data().limit();
    }
}

package io.inquest.benchmarks;

import io.inquest.dump.codec.BlockDecompressor;
import io.inquest.dump.codec.Codecs;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.MalformedBlockException;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.codec.PageCompressor;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/// Getting pages back from their stored form, by the page. Those that would not compress are copied, as in a dump.
@State(Scope.Thread)
public class DecompressBenchmark {

    @Param({"ZLIB", "LZO", "SNAPPY", "ZSTD"})
    private Compression compression = Compression.NONE;

    private final byte[] page = new byte[SamplePages.PAGE_BYTES];
    private final int[] storedBytes = new int[SamplePages.COUNT];
    private byte[] stored;
    private BlockDecompressor compressed;
    private BlockDecompressor plain;

    @Setup
    public void open() throws IOException {
        PackedPages packed = new PackedPages(SamplePages.PAGE_BYTES, SamplePages.COUNT);
        packed.start(SamplePages.COUNT);
        try (PageCompressor compressor = new PageCompressor(compression)) {
            compressor.compress(SamplePages.read(), packed);
        }
        stored = new byte[packed.data().limit()];
        packed.data().get(0, stored);
        for (int i = 0; i < storedBytes.length; i++) {
            storedBytes[i] = packed.storedBytes(i);
        }
        compressed = Codecs.newDecompressor(compression);
        plain = Codecs.newDecompressor(Compression.NONE);
    }

    @TearDown
    public void close() {
        compressed.close();
        plain.close();
    }

    @Benchmark
    @OperationsPerInvocation(SamplePages.COUNT)
    public void decompress(Blackhole result) throws MalformedBlockException {
        int at = 0;
        for (int size : storedBytes) {
            BlockDecompressor decompressor = size < page.length ? compressed : plain;
            result.consume(decompressor.decompress(stored, at, size, page, 0, page.length));
            at += size;
        }
    }
}

package io.inquest.fuzz;

import io.inquest.dump.codec.BlockDecompressor;
import io.inquest.dump.codec.Codecs;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.MalformedBlockException;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.codec.PageCompressor;
import io.inquest.testkit.PagePattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The decompressors, beside the C libraries that wrote most dumps; and the compressors, by expanding what they
/// made.
final class CodecTargets {

    private static final int PAGE_BYTES = 4096;
    private static final List<Compression> COMPRESSIONS =
            List.of(Compression.LZO, Compression.SNAPPY, Compression.ZSTD, Compression.ZLIB);

    private CodecTargets() {}

    static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        for (Compression compression : COMPRESSIONS) {
            Optional<CLibrary> judge = judge(compression);
            targets.add(new Target(
                    "un" + compression.label(),
                    () -> blocks(compression),
                    input -> expand(compression, judge, input),
                    Set.of(MalformedBlockException.class)));
        }
        targets.add(new Target("compress", CodecTargets::pages, CodecTargets::compressAndExpand).shortInputs(2_000));
        return targets;
    }

    private static Optional<CLibrary> judge(Compression compression) {
        return switch (compression) {
            case LZO -> CLibrary.lzo();
            case SNAPPY -> CLibrary.snappy();
            case ZSTD -> CLibrary.zstd();
            case ZLIB, NONE -> Optional.empty();
        };
    }

    /// Expands into the middle of an array, whose ends must stay as they are; the C library must agree.
    private static void expand(Compression compression, Optional<CLibrary> judge, byte[] input) throws Exception {
        byte[] target = new byte[PAGE_BYTES + 32];
        Arrays.fill(target, (byte) 0x5a);
        int produced = -1;
        MalformedBlockException refusal = new MalformedBlockException("accepted");
        try (BlockDecompressor decompressor = Codecs.newDecompressor(compression)) {
            produced = decompressor.decompress(input, 0, input.length, target, 16, PAGE_BYTES);
        } catch (MalformedBlockException refused) {
            refusal = refused;
        }
        for (int i = 0; i < 16; i++) {
            if (target[i] != 0x5a || target[PAGE_BYTES + 16 + i] != 0x5a) {
                throw new AssertionError("written outside of the target");
            }
        }
        if (judge.isPresent()) {
            compare(judge.get(), input, produced < 0 ? null : Arrays.copyOfRange(target, 16, 16 + produced), refusal);
        }
        if (produced < 0) {
            throw refusal;
        }
    }

    private static void compare(CLibrary judge, byte[] input, byte @Nullable [] ours, Exception refusal) {
        Optional<byte[]> theirs = judge.expand(input, PAGE_BYTES).bytes();
        if (theirs.isPresent() && ours == null && !isKnownDifference(String.valueOf(refusal.getMessage()))) {
            throw new AssertionError("the C library expands this to " + theirs.get().length + " bytes", refusal);
        }
        if (ours != null && theirs.isEmpty() && !hasWideWindow(input)) {
            throw new AssertionError("the C library refuses this, ours makes " + ours.length + " bytes of it");
        }
        if (ours != null && theirs.isPresent() && !Arrays.equals(ours, theirs.get())) {
            throw new AssertionError("the C library expands this to something else");
        }
    }

    /// Where ours is stricter on purpose: as in the kernel, the end of an LZO block is of length 3 and no other.
    /// A page is one frame of zstd, all of it used, not none, several, or some to skip, and has reserved bits clear
    /// (RFC 8878).
    private static boolean isKnownDifference(String refusal) {
        return refusal.startsWith("LZO")
                ? refusal.contains("an end of block of length") || refusal.contains(", a run of ")
                : refusal.contains("no magic number of a zstd frame")
                        || refusal.contains("at its byte 0, the end of its bytes")
                        || refusal.contains("its end, with")
                        || refusal.contains("a reserved bit set in the modes")
                        || refusal.contains("a stream of sequences that does not end");
    }

    /// Whether it is a zstd frame with a window above 2 GiB. The C library refuses to make one; ours has none but
    /// the page.
    private static boolean hasWideWindow(byte[] input) {
        boolean isZstd = input.length > 5 && (input[0] & 0xff) == 0x28 && (input[1] & 0xff) == 0xb5;
        return isZstd && (input[4] & 0x20) == 0 && (input[5] & 0xff) >>> 3 > 31 - 10;
    }

    /// Every compressor, native or not: what it stored of a page expands to the page.
    private static void compressAndExpand(byte[] input) throws Exception {
        byte[] page = Arrays.copyOf(input, PAGE_BYTES);
        for (Compression compression : COMPRESSIONS) {
            byte[] packed = new byte[PAGE_BYTES];
            int bytes;
            try (var compressor = Codecs.newCompressor(compression)) {
                bytes = compressor.compress(page, 0, PAGE_BYTES, packed, 0, PAGE_BYTES);
            }
            if (bytes >= 0) {
                mustExpandTo(page, compression, packed, bytes);
            }
            try (PageCompressor compressor = new PageCompressor(compression)) {
                PackedPages stored = new PackedPages(PAGE_BYTES, 1);
                ByteBuffer pages =
                        ByteBuffer.allocateDirect(PAGE_BYTES).put(page).flip();
                stored.start(1);
                compressor.compress(pages, stored);
                byte[] data = new byte[stored.storedBytes(0)];
                stored.data().get(0, data);
                mustExpandTo(page, stored.compression(0), data, data.length);
            }
        }
    }

    private static void mustExpandTo(byte[] page, Compression compression, byte[] packed, int bytes)
            throws MalformedBlockException {
        byte[] expanded = new byte[PAGE_BYTES];
        try (BlockDecompressor decompressor = Codecs.newDecompressor(compression)) {
            int produced = decompressor.decompress(packed, 0, bytes, expanded, 0, PAGE_BYTES);
            if (produced != PAGE_BYTES || !Arrays.equals(page, expanded)) {
                throw new AssertionError(compression.label() + " did not give the page back");
            }
        }
    }

    private static List<byte[]> blocks(Compression compression) {
        List<byte[]> blocks = new ArrayList<>();
        for (byte[] page : pages()) {
            byte[] packed = new byte[2 * PAGE_BYTES];
            try (var compressor = Codecs.newCompressor(compression)) {
                int bytes = compressor.compress(page, 0, page.length, packed, 0, packed.length);
                if (bytes >= 0) {
                    blocks.add(Arrays.copyOf(packed, bytes));
                }
            }
        }
        return blocks;
    }

    private static List<byte[]> pages() {
        return List.of(
                new byte[PAGE_BYTES],
                compressible(1, PAGE_BYTES),
                compressible(2, 700),
                PagePattern.of(3, 300),
                "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc".repeat(20).getBytes(StandardCharsets.US_ASCII));
    }

    /// Bytes that repeat themselves here and there.
    static byte[] compressible(long seed, int bytes) {
        byte[] page = PagePattern.of(seed, bytes);
        for (int at = 64; at < bytes; at++) {
            if ((at >>> 5) % 3 != 0) {
                page[at] = page[at - 1 - at % 61];
            }
        }
        return page;
    }
}

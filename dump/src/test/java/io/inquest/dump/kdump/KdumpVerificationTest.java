package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.FlattenedSink;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import io.inquest.testkit.KdumpBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is found wrong in kdump-compressed files, built by the testkit and damaged in one place each.
final class KdumpVerificationTest {

    private static final int PAGE_BYTES = 4096;
    private static final int BITMAP_1 = 2 * PAGE_BYTES;
    private static final int BITMAP_2 = 3 * PAGE_BYTES;
    private static final int DESCRIPTORS = 4 * PAGE_BYTES;
    private static final int FLIPS = 400;

    private static byte[] plain() {
        KdumpBuilder builder = KdumpBuilder.version(6).vmcoreinfo("OSRELEASE=6.1.0\nPAGESIZE=4096\n");
        for (long pfn = 1; pfn < 20; pfn++) {
            builder.page(pfn);
        }
        return builder.zlibPage(30).zeroPage(31).excludedPage(40).zlibPage(50).build();
    }

    private static Verification verify(byte[] file) throws IOException {
        return Verifier.verify(new MemorySource("dump", file), (done, total) -> {});
    }

    private static ByteBuffer fields(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void wholeFileIsWhole() throws IOException {
        Verification found = verify(plain());
        assertThat(found.findings()).isEmpty();
        assertThat(found.verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(found.pages().readable()).isEqualTo(22);
        assertThat(found.pages().unchecked()).isEqualTo(19);
    }

    @Test
    void cutFileIsIncompleteAndNotDamaged() throws IOException {
        byte[] file = plain();
        Verification found = verify(Arrays.copyOf(file, DESCRIPTORS + 22 * 24 + PAGE_BYTES * 3));
        assertThat(found.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(found.pages().missing()).isEqualTo(19);
        assertThat(found.pages().damaged()).isZero();
        assertThat(found.pages().firstLost()).isEqualTo(3);
        assertThat(found.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.MISSING);
            assertThat(finding.pages()).isEqualTo(19);
            assertThat(finding.frames().orElseThrow().startPfn()).isEqualTo(3);
        });
    }

    @Test
    void cutAtAnyPlaceIsNeverCalledWholeNorDamaged() throws IOException {
        byte[] file = plain();
        for (int length = DESCRIPTORS; length < file.length - 100; length += 97) {
            assertThat(verify(Arrays.copyOf(file, length)).verdict())
                    .as("cut at byte %d", length)
                    .isEqualTo(Verdict.INCOMPLETE);
        }
    }

    @Test
    void pagesThatWereNeverWrittenAreMissing() throws IOException {
        byte[] file = plain();
        Arrays.fill(file, DESCRIPTORS + 24 * 4, DESCRIPTORS + 24 * 6, (byte) 0);
        Verification found = verify(file);
        assertThat(found.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo("pages were never written");
            assertThat(finding.frames().orElseThrow().startPfn()).isEqualTo(5);
        });
    }

    @Test
    void wrongBitInBitmap2IsFoundByTheNumberOfDescriptors() throws IOException {
        byte[] file = plain();
        file[BITMAP_2 + 5] |= 1;
        assertDamaged(verify(file), "bitmap 2 has 23 pages, but the file has descriptors of 22");
    }

    @Test
    void frameThatIsNoMemoryCannotBeStored() throws IOException {
        byte[] file = plain();
        file[BITMAP_1] &= ~2;
        assertDamaged(verify(file), "that are no memory in bitmap 1");
    }

    @Test
    void descriptorThatLeadsElsewhereIsFoundByItsNeighbours() throws IOException {
        byte[] file = plain();
        ByteBuffer fields = fields(file);
        fields.putLong(DESCRIPTORS + 24 * 7, fields.getLong(DESCRIPTORS + 24 * 7) ^ 0x1000);
        Verification found = verify(file);
        assertDamaged(found, "the descriptor of page frame 0x8 leads to byte");
        assertThat(found.findings().getFirst().pages()).isEqualTo(1);
    }

    @Test
    void descriptorWithAWrongSizeOrFlagsIsDamaged() throws IOException {
        byte[] size = plain();
        fields(size).putInt(DESCRIPTORS + 24 * 7 + 8, 4000);
        assertDamaged(verify(size), "the descriptor of page frame 0x8 gives its page 4000 bytes");
        byte[] flags = plain();
        fields(flags).putInt(DESCRIPTORS + 24 * 7 + 12, 3);
        assertDamaged(verify(flags), "the descriptor of page frame 0x8 has the unknown flags 0x3");
        byte[] pageFlags = plain();
        fields(pageFlags).putLong(DESCRIPTORS + 24 * 7 + 16, 1L << 40);
        assertDamaged(verify(pageFlags), "has page_flags");
    }

    @Test
    void pageThatDoesNotUnpackIsDamagedAndCounted() throws IOException {
        byte[] file = plain();
        long at = fields(file).getLong(DESCRIPTORS + 24 * 19);
        file[(int) at + 20] ^= 4;
        Verification found = verify(file);
        assertDamaged(found, "the data of page frame 0x1e is damaged");
        assertThat(found.pages().damaged()).isEqualTo(1);
        assertThat(found.pages().firstLost()).isEqualTo(30);
    }

    @Test
    void malformedVmcoreinfoIsTold() throws IOException {
        byte[] file = KdumpBuilder.version(6)
                .vmcoreinfo("OSRELEASE=6.1.0\nno assignment\nPAGESIZE=4096\n")
                .page(1)
                .build();
        assertDamaged(verify(file), "line 2 of the vmcoreinfo");
    }

    @Test
    void fileWithoutAHeaderIsUnreadable() throws IOException {
        byte[] file = plain();
        file[0] ^= 1;
        Verification found = verify(file);
        assertThat(found.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(found.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason()).startsWith("dump: "));
    }

    /// All bytes of our own files are under a checksum or known to be zero.
    @Test
    void everyFlippedBitOfOurOwnFileIsNamed() throws IOException {
        for (Compression compression : new Compression[] {Compression.NONE, Compression.ZSTD}) {
            MemorySink sink = new MemorySink();
            SmallDump.of(compression).write(sink, new TrailerWriter()).finish();
            assertEveryFlipIsNamed(compression.label(), sink.contents());
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            SmallDump.of(compression)
                    .write(new FlattenedSink("stream", Channels.newChannel(stream)), new TrailerWriter())
                    .finish();
            assertEveryFlipIsNamed("flattened " + compression.label(), stream.toByteArray());
        }
    }

    private static void assertEveryFlipIsNamed(String what, byte[] file) throws IOException {
        long seed = Long.getLong("inquest.seed", 1);
        Random random = new Random(seed);
        assertThat(verify(file).verdict()).isEqualTo(Verdict.WHOLE);
        for (int round = 0; round < FLIPS; round++) {
            int bit = random.nextInt(file.length * 8);
            file[bit >>> 3] ^= (byte) (1 << (bit & 7));
            assertThat(verify(file).verdict())
                    .as("%s, seed %d, bit %d of byte %d", what, seed, bit & 7, bit >>> 3)
                    .isIn(Verdict.DAMAGED, Verdict.UNREADABLE, Verdict.INCOMPLETE);
            file[bit >>> 3] ^= (byte) (1 << (bit & 7));
        }
    }

    @Test
    void junkBehindTheSignatureOfOurOwnStreamIsNamed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SmallDump.of(Compression.NONE)
                .write(new FlattenedSink("stream", Channels.newChannel(bytes)), new TrailerWriter())
                .finish();
        byte[] stream = bytes.toByteArray();
        stream[32] = 1;
        assertDamaged(verify(stream), "junk behind its version");
    }

    @Test
    void junkAmongTheDescriptorsOfOtherPartsIsNamed() throws IOException {
        MemorySink sink = new MemorySink();
        SmallDump.of(Compression.NONE)
                .part(0, 100)
                .write(sink, new TrailerWriter())
                .finish();
        byte[] part = sink.contents();
        assertThat(verify(part).verdict()).isEqualTo(Verdict.INCOMPLETE);
        // The first page lies behind the one of zeros.
        int data = (int) fields(part).getLong(DESCRIPTORS) - PAGE_BYTES;
        for (int at : new int[] {data - 1, data - 24 * 20}) {
            part[at] ^= 1;
            assertDamaged(verify(part), "where only other parts of the split set have descriptors");
            part[at] ^= 1;
        }
    }

    private static void assertDamaged(Verification found, String reason) {
        assertThat(found.verdict()).isEqualTo(Verdict.DAMAGED);
        assertThat(found.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.DAMAGED);
            assertThat(finding.reason()).contains(reason);
        });
    }
}

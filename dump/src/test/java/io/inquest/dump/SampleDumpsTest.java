package io.inquest.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.flattened.FlattenedSource;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of other writers: makedumpfile 1.7.8 and QEMU.
final class SampleDumpsTest {

    private static final String PART = "makedumpfile-split8of48-d31.";
    private static final int PAGE = 4096;
    private static final int BATCH = 256;

    @ParameterizedTest
    @ValueSource(strings = {"zlib", "lzo", "snappy", "zstd"})
    void everyCompressionGivesThePagesOfThePlainFile(String compression) throws IOException {
        try (Dump plain = open(PART + "none");
                Dump compressed = open(PART + compression)) {
            int[] counts = new int[2];
            for (long pfn = 0; pfn < plain.memory().endPfn(); pfn += BATCH) {
                ByteBuffer expected = ByteBuffer.allocate(BATCH * PAGE);
                ByteBuffer actual = ByteBuffer.allocate(BATCH * PAGE);
                PageState[] expectedStates = new PageState[BATCH];
                PageState[] actualStates = new PageState[BATCH];
                plain.memory().readPages(pfn, BATCH, expected, expectedStates);
                compressed.memory().readPages(pfn, BATCH, actual, actualStates);
                for (int i = 0; i < BATCH; i++) {
                    // The snappy file was made by a tool that compresses zero pages too.
                    assertThat(actualStates[i].readable())
                            .as("page frame %d", pfn + i)
                            .isEqualTo(expectedStates[i].readable());
                }
                assertThat(Arrays.equals(actual.array(), expected.array()))
                        .as("page frames from %d on", pfn)
                        .isTrue();
                for (PageState state : expectedStates) {
                    counts[0] += state == PageState.STORED ? 1 : 0;
                    counts[1] += state == PageState.ZERO ? 1 : 0;
                }
            }
            assertThat(counts).containsExactly(60, 452);
        }
    }

    @Test
    void dumpOfQemuIsRead() throws IOException {
        try (Dump dump = open("qemu-8MiB.zlib")) {
            assertThat(dump.header().format()).isEqualTo("flattened kdump-compressed version 6");
            assertThat(dump.machine().name()).isEqualTo("x86_64");
            assertThat(dump.completeness().complete()).isTrue();
            int zero = 0;
            for (long pfn = 0; pfn < 2048; pfn++) {
                PageState state = dump.memory().state(pfn);
                assertThat(state.readable() || state == PageState.ABSENT).isTrue();
                zero += state == PageState.ZERO ? 1 : 0;
            }
            assertThat(zero).isGreaterThan(1900);
            ByteBuffer reset = ByteBuffer.allocate(1);
            dump.memory().read(0xffff0, reset);
            assertThat(reset.get(0)).as("the BIOS begins with a far jump").isEqualTo((byte) 0xea);
        }
    }

    @Test
    void flattenedFileReadInPlaceIsTheRearrangedOne() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (ByteSource source = FlattenedSource.open(FileSource.open(Samples.unpack("7.2-d23-flat")))) {
            ByteBuffer piece = ByteBuffer.allocate(1 << 20);
            for (long at = 0; at < source.size(); at += piece.limit()) {
                piece.clear().limit((int) Math.min(piece.capacity(), source.size() - at));
                source.readFully(at, piece);
                digest.update(piece.flip());
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo(Samples.recordedChecksum("7.2-d23-flat", "rearranged"));
    }

    private static Dump open(String name) throws IOException {
        return Dumps.open(List.of(Samples.format(name)), Warnings.NONE);
    }
}

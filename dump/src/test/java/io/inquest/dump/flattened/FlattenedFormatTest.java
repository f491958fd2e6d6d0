package io.inquest.dump.flattened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Damage;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.flattened.FlattenedException.Problem;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.FlattenedBuilder;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlattenedFormatTest {

    private static final int PAGE = 4096;
    private static final byte[] KDUMP =
            KdumpBuilder.version(6).page(3).zeroPage(4).zlibPage(9).build();

    private final List<String> warnings = new ArrayList<>();

    private Dump open(byte[] file) throws IOException {
        return Dumps.open(new MemorySource("flat", file), warnings::add);
    }

    private static byte[] page(Dump dump, long pfn) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        dump.memory().read(pfn * PAGE, page);
        return page.array();
    }

    @Test
    void recordsInAnyOrderAreTheFile() throws IOException {
        List<byte[]> streams = List.of(
                new FlattenedBuilder().file(KDUMP, 1000).build(),
                new FlattenedBuilder().file(KDUMP, 1).build(),
                new FlattenedBuilder().file(KDUMP, 333).reverse().build(),
                new FlattenedBuilder().file(KDUMP, 50).shuffle(1).build());
        for (byte[] stream : streams) {
            try (Dump dump = open(stream)) {
                assertThat(dump.header().format()).isEqualTo("flattened kdump-compressed version 6");
                assertThat(page(dump, 3)).isEqualTo(PagePattern.of(3, PAGE));
                assertThat(page(dump, 9)).isEqualTo(PagePattern.of(9, PAGE));
                assertThat(dump.memory().state(4)).isEqualTo(PageState.ZERO);
                assertThat(dump.completeness().complete()).isTrue();
            }
        }
    }

    @Test
    void elfInsideIsRead() throws IOException {
        byte[] elf = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .load(3 * PAGE, PagePattern.of(3, PAGE))
                .build();
        try (Dump dump = open(new FlattenedBuilder().file(elf, 777).reverse().build())) {
            assertThat(dump.header().format()).isEqualTo("flattened ELF64");
            assertThat(page(dump, 3)).isEqualTo(PagePattern.of(3, PAGE));
        }
    }

    @Test
    void lastRecordWinsWithinAndAcrossGroups() throws IOException {
        FlattenedBuilder builder = new FlattenedBuilder();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[10];
            Arrays.fill(bytes, (byte) i);
            builder.record(i % 7 == 0 ? 0 : 2 * (i % 100), bytes);
        }
        byte[] stream = builder.build();
        byte[] expected = rearranged(stream);
        try (FlattenedSource source = FlattenedSource.open(new MemorySource("flat", stream))) {
            ByteBuffer all = ByteBuffer.allocate(expected.length);
            source.readFully(0, all);
            assertThat(source.size()).isEqualTo(expected.length);
            assertThat(all.array()).isEqualTo(expected);
        }
    }

    /// What the sequential reader makes of a stream.
    private static byte[] rearranged(byte[] stream) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(1 << 16);
        int[] end = new int[1];
        FlattenedStream.read("stream", new ByteArrayInputStream(stream), (offset, bytes) -> {
            int length = bytes.remaining();
            file.put((int) offset, bytes, bytes.position(), length);
            end[0] = Math.max(end[0], (int) offset + length);
        });
        return Arrays.copyOf(file.array(), end[0]);
    }

    @Test
    void bytesThatNoRecordCoversAreZero() throws IOException {
        byte[] stream = new FlattenedBuilder()
                .record(100, new byte[] {1})
                .record(300, new byte[] {2})
                .build();
        try (FlattenedSource source = FlattenedSource.open(new MemorySource("flat", stream))) {
            ByteBuffer all = ByteBuffer.allocate(301);
            Arrays.fill(all.array(), (byte) 9);
            source.readFully(0, all);
            byte[] expected = new byte[301];
            expected[100] = 1;
            expected[300] = 2;
            assertThat(all.array()).isEqualTo(expected);
        }
    }

    @Test
    void streamWithoutEndRecordOpensAndSaysSo() throws IOException {
        try (Dump dump =
                open(new FlattenedBuilder().file(KDUMP, 1000).withoutEnd().build())) {
            assertThat(page(dump, 9)).isEqualTo(PagePattern.of(9, PAGE));
            assertThat(dump.completeness().remarks())
                    .singleElement()
                    .asString()
                    .startsWith("the flattened stream ends at byte")
                    .endsWith("without an end record");
        }
    }

    @Test
    void damagedRecordEndsTheStream() throws IOException {
        byte[] stream = new FlattenedBuilder().file(KDUMP, KDUMP.length - 10).build();
        ByteBuffer.wrap(stream).putLong(4096 + 16 + KDUMP.length - 10, -7);
        try (Dump dump = open(stream)) {
            assertThat(page(dump, 3)).isEqualTo(PagePattern.of(3, PAGE));
            assertThat(dump.memory().state(9)).isEqualTo(PageState.LOST);
            assertThat(dump.completeness().remarks().getFirst()).contains("is damaged (offset -7, size 10)");
        }
    }

    @Test
    void unknownContentsAreTold() {
        assertThatThrownBy(() ->
                        open(new FlattenedBuilder().record(0, new byte[100]).build()))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith("flat (a flattened stream): begins with zeros only");
    }

    @Test
    void otherTypeOrVersionIsRefused() {
        byte[] stream = new FlattenedBuilder().build();
        stream[23] = 2;
        assertThatThrownBy(() -> open(stream))
                .isInstanceOf(FlattenedException.class)
                .hasMessage("flat: is a flattened stream of type 2 and version 1, expected type 1 and version 1");
    }

    @Test
    void sequentialReaderTellsEachProblemAtOnce() {
        byte[] whole = new FlattenedBuilder().record(0, new byte[100]).build();
        assertProblem(new byte[0], Problem.HEADER);
        assertProblem(Arrays.copyOf(whole, 4095), Problem.HEADER);
        assertProblem(new byte[4096], Problem.SIGNATURE);
        assertProblem(Arrays.copyOf(whole, 4096), Problem.END);
        assertProblem(Arrays.copyOf(whole, 4096 + 15), Problem.END);
        assertProblem(Arrays.copyOf(whole, 4096 + 60), Problem.END);
        assertProblem(Arrays.copyOf(whole, whole.length - 1), Problem.END);
        byte[] type = whole.clone();
        type[31] = 9;
        assertProblem(type, Problem.TYPE);
        byte[] record = whole.clone();
        record[4096 + 8] = (byte) 0x80;
        assertProblem(record, Problem.RECORD);
    }

    private static void assertProblem(byte[] stream, Problem problem) {
        assertThatThrownBy(() -> rearranged(stream))
                .isInstanceOfSatisfying(
                        FlattenedException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(problem));
    }

    @Test
    void everyTruncationIsToldOrLeavesLostPages() {
        Damage.cutEverywhere(new FlattenedBuilder().file(KDUMP, 3000).build(), 0);
    }

    @Test
    void damagedBitsOnlyEverFailAsDocumented() {
        byte[] stream = new FlattenedBuilder().file(KDUMP, 300).build();
        Damage.flipBits(stream, stream.length, 2000, 1);
        Damage.flipBits(stream, 4096 + 700, 2000, 2);
    }
}

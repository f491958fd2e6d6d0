package io.inquest.dump.flattened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySink;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.FlattenedBuilder;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RearrangerTest {

    private static final byte[] KDUMP = KdumpBuilder.version(6)
            .level(31)
            .page(1)
            .excludedPage(2)
            .zeroPage(3)
            .build();
    private static final byte[] ELF = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
            .note("CORE", 1, new byte[8])
            .load(0, PagePattern.of(1, 9000))
            .build();

    @Test
    void recordsInAnyOrderAndSizeBecomeTheFile() throws IOException {
        for (byte[] file : new byte[][] {KDUMP, ELF}) {
            assertSame(rearranged(new FlattenedBuilder().file(file, 70_000).build()), file);
            assertSame(rearranged(new FlattenedBuilder().file(file, 100).build()), file);
            assertSame(
                    rearranged(new FlattenedBuilder().file(file, 333).reverse().build()), file);
            assertSame(
                    rearranged(new FlattenedBuilder().file(file, 97).shuffle(5).build()), file);
        }
    }

    @Test
    void laterRecordWins() throws IOException {
        byte[] file = rearranged(new FlattenedBuilder()
                .record(0, text("old text"))
                .record(4, text("news"))
                .record(12, text("end"))
                .build());
        assertThat(file).isEqualTo(text("old news\0\0\0\0end"));
    }

    @Test
    void cutStreamLeavesADumpThatSaysSo() throws IOException {
        for (byte[] dump : new byte[][] {KDUMP, ELF}) {
            byte[] stream = new FlattenedBuilder().file(dump, 1000).build();
            for (int length = stream.length - 1; length > 4096 + 16 + 464; length -= 97) {
                MemorySink sink = new MemorySink();
                byte[] cut = Arrays.copyOf(stream, length);
                assertThatThrownBy(() -> Rearranger.rearrange("stream", new ByteArrayInputStream(cut), sink))
                        .isInstanceOf(FlattenedException.class)
                        .hasMessageContaining("the flattened stream ends at byte " + length);
                checkMarked(sink);
            }
        }
    }

    /// A file that ends inside its headers cannot be opened at all.
    private static void checkMarked(MemorySink sink) throws IOException {
        byte[] file = sink.contents();
        boolean hasHeaders = file.length > (file[0] == 'K' ? 20_000 : 300);
        if (hasHeaders) {
            try (Dump opened = Dumps.open(sink.source(), Warnings.NONE)) {
                assertThat(opened.completeness().remarks()).contains("its writer marked it as incomplete");
            }
        }
        assertThat(sink.isFinished()).isFalse();
    }

    @Test
    void wholeStreamEndsTheFile() throws IOException {
        MemorySink sink = new MemorySink();
        byte[] stream = new FlattenedBuilder().file(KDUMP, 1000).build();
        Rearranger.rearrange("stream", new ByteArrayInputStream(stream), sink);
        assertThat(sink.isFinished()).isTrue();
    }

    private static byte[] rearranged(byte[] stream) throws IOException {
        MemorySink sink = new MemorySink();
        Rearranger.rearrange("stream", new ByteArrayInputStream(stream), sink);
        return sink.contents();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertSame(byte[] actual, byte[] expected) {
        assertThat(Arrays.mismatch(actual, expected))
                .as("first byte that differs")
                .isEqualTo(-1);
    }
}

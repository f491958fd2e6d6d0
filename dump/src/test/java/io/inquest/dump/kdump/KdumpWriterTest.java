package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.flattened.FlattenedSource;
import io.inquest.dump.flattened.Rearranger;
import io.inquest.dump.io.FlattenedSink;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.io.NoSpaceException;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.testkit.KdumpBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KdumpWriterTest {

    @ParameterizedTest
    @EnumSource(KdumpBuilder.Abi.class)
    void fileHasTheBytesOfTheFormatInEveryAbiAndByteOrder(KdumpBuilder.Abi abi) throws IOException {
        String machine = switch (abi) {
            case LP64 -> "x86_64";
            case I386 -> "i686";
            case ILP32 -> "armv7l";
        };
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            SmallDump dump =
                    new SmallDump(abi, order, machine, 31, Compression.NONE, 150, Optional.empty(), "erased by test\n");
            assertSame(written(dump), dump.expected());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 31})
    void fileHasTheBytesOfTheFormatAtEveryLevel(int level) throws IOException {
        SmallDump dump = SmallDump.of(Compression.ZLIB).level(level);
        assertSame(written(dump), dump.expected());
    }

    @Test
    void fileOfManyFlushesHasTheBytesOfTheFormat() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE).frames(9000).level(1);
        assertSame(written(dump), dump.expected());
    }

    @Test
    void partOfASplitSetHasTheBytesOfTheFormat() throws IOException {
        for (SmallDump part : new SmallDump[] {
            SmallDump.of(Compression.NONE).part(0, 64),
            SmallDump.of(Compression.NONE).part(64, 150)
        }) {
            assertSame(written(part), part.expected());
        }
    }

    /// Whoever asks whether it all has room.
    @Test
    void noMoreIsWrittenBehindTheBitmapsThanIsToldBefore() throws IOException {
        SmallDump whole = SmallDump.of(Compression.NONE).level(31).frames(9000).erased("some text\n");
        for (SmallDump dump : new SmallDump[] {whole, whole.level(30), whole.part(0, 4000), whole.part(4000, 9000)}) {
            for (TrailerWriter trailer : new TrailerWriter[] {null, new TrailerWriter()}) {
                MemorySink sink = new MemorySink();
                KdumpWriter writer = dump.begin(sink, trailer);
                dump.fillBitmaps(writer);
                long most = writer.mostBytesLeft();
                long begin = writer.bitmapsEnd();
                dump.appendPages(writer);
                writer.finish();
                long pages = LongStream.range(0, 9000)
                        .filter(pfn -> dump.isStored(pfn) && dump.isHere(pfn))
                        .count();
                assertThat(sink.contents().length - begin).isLessThanOrEqualTo(most);
                assertThat(most).isGreaterThan(pages * (4096 + 24)).isLessThan(pages * (4096 + 24) + 50_000);
            }
        }
    }

    @Test
    void streamRearrangedIsTheFile() throws IOException {
        SmallDump dump = SmallDump.of(Compression.ZLIB).erased("some text\n");
        MemorySink rearranged = new MemorySink();
        Rearranger.rearrange("stream", new ByteArrayInputStream(stream(dump)), rearranged);
        assertSame(rearranged.contents(), dump.expected());
    }

    @Test
    void fullDiskAtAnyByteLeavesAFileThatSaysSoAndIsRightAsFarAsItGoes() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE).frames(60);
        long whole = writtenBytes(dump);
        long mostReadable = -1;
        for (long room = 464; room < whole; room += room < 1000 ? 13 : 509) {
            MemorySink sink = new MemorySink(room);
            breakOff(dump, sink);
            long readable = checkIncomplete(dump, sink);
            assertThat(readable).as("with room for %d bytes", room).isGreaterThanOrEqualTo(mostReadable);
            mostReadable = readable;
        }
        assertThat(mostReadable).isPositive();
    }

    @Test
    void diskThatIsFullInTheTrailerOnlyLosesTheTrailer() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE).frames(60);
        MemorySink whole = new MemorySink();
        dump.write(whole, new TrailerWriter()).finish();
        for (long room = whole.writtenBytes() - 1; room > whole.writtenBytes() - 64; room -= 7) {
            MemorySink sink = new MemorySink(room);
            dump.write(sink, new TrailerWriter()).finish();
            try (Dump opened = Dumps.open(sink.source(), Warnings.NONE)) {
                assertThat(opened.completeness().complete()).isTrue();
                assertThat(opened.trailer()).isEmpty();
                assertThat(countRight(dump, opened)).isEqualTo(dump.layout().dumpablePages());
            }
        }
    }

    /// What a file holds when its writer is killed: nobody marks anything any more.
    @Test
    void fileWhoseWriterDiedSaysSo() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE).frames(60);
        long whole = writtenBytes(dump);
        for (long room = 464; room < whole; room += 1021) {
            MemorySink sink = new MemorySink(room);
            assertThatThrownBy(() -> dump.write(sink, null).finish()).isInstanceOf(NoSpaceException.class);
            checkIncomplete(dump, sink);
        }
    }

    @Test
    void earlyEndKeepsAllPagesThatWereAppended() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE).frames(60);
        MemorySink sink = new MemorySink();
        dump.write(sink, null).markIncomplete();
        try (Dump opened = Dumps.open(sink.source(), Warnings.NONE)) {
            assertThat(opened.completeness().complete()).isFalse();
            for (long pfn = 0; pfn < 60; pfn++) {
                assertThat(opened.memory().state(pfn)).isNotEqualTo(PageState.LOST);
            }
        }
        assertThat(sink.isFinished()).isTrue();
    }

    @Test
    void streamCutAnywhereSaysSo() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE).frames(60);
        byte[] stream = stream(dump);
        int start = 4096 + 16 + 464 + 4096 + 16 + 600;
        for (int length = start; length < stream.length; length += 1009) {
            byte[] cut = Arrays.copyOf(stream, length);
            try (Dump opened = Dumps.open(new MemorySource("cut", cut), Warnings.NONE)) {
                assertThat(opened.completeness().complete()).isFalse();
                countRight(dump, opened);
            }
        }
    }

    @Test
    void streamEndedEarlySaysSoInItsHeader() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FlattenedSink sink = new FlattenedSink("stream", Channels.newChannel(bytes));
        SmallDump dump = SmallDump.of(Compression.NONE);
        dump.write(sink, null).markIncomplete();
        FlattenedSource source = FlattenedSource.open(new MemorySource("stream", bytes.toByteArray()));
        assertThat(source.damage()).isEmpty();
        try (Dump opened = Dumps.open(source, Warnings.NONE)) {
            assertThat(opened.completeness().remarks()).contains("its writer marked it as incomplete");
        }
    }

    @Test
    void dumpWithFewerPagesThanPromisedCannotBeFinished() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        KdumpWriter writer = dump.begin(new MemorySink(), null);
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void pageWithoutContentsNeedsASharedZeroPage() throws IOException {
        KdumpWriter writer = SmallDump.of(Compression.NONE).level(30).begin(new MemorySink(), null);
        PackedPages batch = new PackedPages(4096, 1);
        batch.start(1);
        batch.leaveOut(0);
        assertThatThrownBy(() -> writer.append(batch)).isInstanceOf(IllegalArgumentException.class);
    }

    /// As isEqualTo, without printing both files.
    private static void assertSame(byte[] actual, byte[] expected) {
        assertThat(Arrays.mismatch(actual, expected))
                .as("first byte that differs")
                .isEqualTo(-1);
    }

    private static byte[] written(SmallDump dump) throws IOException {
        MemorySink sink = new MemorySink();
        dump.write(sink, null).finish();
        return sink.contents();
    }

    private static long writtenBytes(SmallDump dump) throws IOException {
        MemorySink sink = new MemorySink();
        dump.write(sink, null).finish();
        return sink.writtenBytes();
    }

    private static byte[] stream(SmallDump dump) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        dump.write(new FlattenedSink("stream", Channels.newChannel(bytes)), null)
                .finish();
        return bytes.toByteArray();
    }

    /// Writes until the sink is full and then marks the file.
    private static void breakOff(SmallDump dump, MemorySink sink) throws IOException {
        KdumpWriter writer;
        try {
            writer = dump.begin(sink, null);
        } catch (NoSpaceException beforeAnything) {
            return;
        }
        assertThatThrownBy(() -> dump.fill(writer).finish()).isInstanceOf(NoSpaceException.class);
        writer.markIncomplete();
    }

    /// Opens what is there and answers how many pages it holds.
    private static long checkIncomplete(SmallDump dump, MemorySink sink) throws IOException {
        try (Dump opened = Dumps.open(sink.source(), Warnings.NONE)) {
            assertThat(opened.completeness().complete()).isFalse();
            return countRight(dump, opened);
        } catch (DumpException cut) {
            assertThat(cut).hasMessageContaining("ends at byte");
            return 0;
        }
    }

    /// Each page is either not there or has its right contents.
    private static long countRight(SmallDump dump, Dump opened) throws IOException {
        long right = 0;
        PageState[] states = new PageState[1];
        for (long pfn = 0; pfn < dump.frames(); pfn++) {
            ByteBuffer page = ByteBuffer.allocate(SmallDump.PAGE_BYTES);
            opened.memory().readPages(pfn, 1, page, states);
            if (states[0].readable()) {
                assertSame(page.array(), dump.page(pfn));
                right++;
            }
        }
        return right;
    }
}

package io.inquest.dump.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.RefusingSource;
import io.inquest.dump.Warnings;
import io.inquest.dump.flattened.Rearranger;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.DiscardingSink;
import io.inquest.dump.io.FlattenedSink;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.io.NoSpaceException;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ElfWriterTest {

    private static final int PAGE = 4096;
    private static final int FRAMES = 600;
    private static final long START = 16;

    /// Frames 100 to 399 of the memory are left out, so that it is cut in two.
    private static final FrameSelection SELECTION = window -> {
        window.setRange(START, START + 100);
        window.setRange(START + 400, START + FRAMES);
    };

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void coreOfEitherWidthAndByteOrderHoldsWhatWasSelected(boolean wide, boolean little) throws IOException {
        byte[] input = core(wide, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        MemorySink sink = new MemorySink();
        write(input, sink).finish();
        try (Dump dump = Dumps.open(sink.source(), Warnings.NONE)) {
            long header = wide ? 64 + 3 * 56 : 52 + 3 * 32;
            long data = header + 12 + 8 + 12;
            assertThat(dump.memory().segments())
                    .extracting(PhysicalSegment::physicalAddress, PhysicalSegment::memoryBytes)
                    .containsExactly(tuple(START * PAGE, 400L * PAGE), tuple((START + 400) * PAGE, 200L * PAGE));
            assertThat(dump.memory().segments())
                    .extracting(PhysicalSegment::fileOffset, PhysicalSegment::fileBytes)
                    .containsExactly(tuple(data, 100L * PAGE), tuple(data + 100L * PAGE, 200L * PAGE));
            assertThat(dump.notes()).containsExactly(new Note("CORE", 1, ByteBuffer.wrap(new byte[12])));
            assertThat(dump.completeness().complete()).isTrue();
            assertThat(countRight(dump)).isEqualTo(300);
            assertThat(dump.memory().state(START + 200)).isEqualTo(PageState.EXCLUDED);
        }
    }

    @Test
    void fieldsOfTheInputsHeadersAreCarriedOver() throws IOException {
        byte[] input = core(true, ByteOrder.LITTLE_ENDIAN);
        input[7] = 3;
        MemorySink sink = new MemorySink();
        write(input, sink).finish();
        byte[] file = sink.contents();
        assertThat(Arrays.copyOf(file, 32)).isEqualTo(Arrays.copyOf(input, 32));
        assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(64 + 56 + 4))
                .as("p_flags")
                .isEqualTo(7);
    }

    @Test
    void fieldsOfTheInputsPtNoteAreCarriedOver() throws IOException {
        byte[] input = core(true, ByteOrder.LITTLE_ENDIAN);
        ByteBuffer note = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        int at = note.getInt(64) == 4 ? 64 : 64 + 56;
        note.putInt(at + 4, 4).putLong(at + 16, 0x1000).putLong(at + 24, 0x2000).putLong(at + 48, 8);
        MemorySink sink = new MemorySink();
        write(input, sink).finish();
        ByteBuffer written = ByteBuffer.wrap(sink.contents()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(written.getInt(64 + 4)).as("p_flags").isEqualTo(4);
        assertThat(written.getLong(64 + 16)).as("p_vaddr").isEqualTo(0x1000);
        assertThat(written.getLong(64 + 24)).as("p_paddr").isEqualTo(0x2000);
        assertThat(written.getLong(64 + 48)).as("p_align").isEqualTo(8);
    }

    @Test
    void segmentThatCannotBeIsNotTakenOver() throws IOException {
        byte[] input = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .load(0, 1L << 49, new byte[0], PAGE)
                .load(0, 0, new byte[PAGE], 1L << 47)
                .load(0, new byte[PAGE])
                .build();
        ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 24, -2);
        try (Dump dump = open(input)) {
            ElfLayout layout = ElfLayout.like(new MemorySource("in", input), dump.machine(), notes());
            assertThat(layout.segments()).hasSize(1);
            assertThat(dump.memory().segments()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pagesThatTheInputHasLostKeepTheMarkOfAnIncompleteFile(boolean selected) throws IOException {
        byte[] input = core(true, ByteOrder.LITTLE_ENDIAN);
        // The frames between the first 100 and the last 60 are too few to be cut out.
        FrameSelection some = window -> {
            window.setRange(START, START + 100);
            window.setRange(START + (selected ? 100 : 340), START + FRAMES);
        };
        ByteSource source = new RefusingSource(input, input.length - 490L * PAGE, input.length - 300L * PAGE);
        MemorySink sink = new MemorySink();
        TrailerWriter trailer = new TrailerWriter();
        try (Dump dump = Dumps.open(source, Warnings.NONE)) {
            ElfWriter writer = ElfWriter.create(sink, ElfLayout.of(dump, notes(dump)), some, trailer);
            writer.copy(dump.memory(), pages -> {});
            writer.finish();
            assertThat(writer.lostPages()).isEqualTo(selected ? 2 : 0);
        }
        try (Dump dump = Dumps.open(sink.source(), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isEqualTo(!selected);
            assertThat(dump.trailer().orElseThrow().verify()).isEmpty();
        }
    }

    @Test
    void dumpWithABitmapOnlyBecomesSegmentsAndKeepsWhatItSaysOfErasedData() throws IOException {
        KdumpBuilder builder = KdumpBuilder.version(6).level(31).frames(2000).eraseInfo("erase foo\n");
        for (int pfn = 3; pfn < 1000; pfn++) {
            if (pfn < 8) {
                builder.page(pfn);
            } else if (pfn >= 100 && pfn < 500) {
                builder.excludedPage(pfn);
            }
        }
        MemorySink sink = new MemorySink();
        try (Dump dump = open(builder.page(1999).build())) {
            ElfLayout layout = ElfLayout.of(dump, notes(dump));
            ElfWriter writer = ElfWriter.create(sink, layout, dump.memory()::markStored);
            writer.copy(dump.memory(), pages -> {});
            writer.finish();
        }
        try (Dump dump = Dumps.open(sink.source(), Warnings.NONE)) {
            assertThat(dump.memory().segments())
                    .extracting(PhysicalSegment::physicalAddress, PhysicalSegment::memoryBytes)
                    .containsExactly(
                            tuple(3L * PAGE, 5L * PAGE), tuple(100L * PAGE, 400L * PAGE), tuple(1999L * PAGE, (long)
                                    PAGE));
            assertThat(dump.memory().state(499)).isEqualTo(PageState.EXCLUDED);
            ByteBuffer last = ByteBuffer.allocate(PAGE);
            dump.memory().read(1999L * PAGE, last);
            assertThat(last.array()).isEqualTo(PagePattern.of(1999, PAGE));
            assertThat(dump.header().eraseInfo()).hasValue("erase foo\n");
        }
    }

    @Test
    void layoutWithoutAnInputHasAHeaderAsTheKernelWritesIt() throws IOException {
        byte[] input = core(true, ByteOrder.LITTLE_ENDIAN);
        Machine machine = new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, 8, 12);
        MemorySink fresh = new MemorySink();
        MemorySink copied = new MemorySink();
        write(input, copied).finish();
        try (Dump dump = open(input)) {
            ElfLayout layout = ElfLayout.of(machine, dump.memory().segments(), notes());
            ElfWriter writer = ElfWriter.create(fresh, layout, SELECTION);
            writer.copy(dump.memory(), pages -> {});
            writer.finish();
        }
        assertThat(Arrays.copyOf(fresh.contents(), 64)).isEqualTo(Arrays.copyOf(copied.contents(), 64));
    }

    @Test
    void moreSegmentsThanTheHeaderCanCountAreCountedInASectionHeader() throws IOException {
        ElfCoreBuilder builder = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .extendedNumbering()
                .note("CORE", 1, new byte[12]);
        for (int i = 0; i < 66_000; i++) {
            builder.load((long) i * PAGE, new byte[] {(byte) i, (byte) (i >> 8)});
        }
        byte[] input = builder.build();
        MemorySink sink = new MemorySink();
        try (Dump dump = open(input)) {
            ElfLayout layout = ElfLayout.like(new MemorySource("in", input), dump.machine(), notes());
            ElfWriter writer = ElfWriter.create(sink, layout, window -> window.setRange(0, 70_000));
            writer.copy(dump.memory(), pages -> {});
            writer.finish();
        }
        try (Dump dump = Dumps.open(sink.source(), Warnings.NONE)) {
            assertThat(dump.memory().segments()).hasSize(66_000);
            ByteBuffer last = ByteBuffer.allocate(2);
            dump.memory().read(65_999L * PAGE, last);
            assertThat(last.array()).containsExactly((byte) 65_999, (byte) (65_999 >> 8));
        }
    }

    @Test
    void streamRearrangedIsTheFile() throws IOException {
        byte[] input = core(true, ByteOrder.LITTLE_ENDIAN);
        MemorySink file = new MemorySink();
        write(input, file).finish();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        write(input, new FlattenedSink("stream", Channels.newChannel(stream))).finish();
        MemorySink rearranged = new MemorySink();
        Rearranger.rearrange("stream", new ByteArrayInputStream(stream.toByteArray()), rearranged);
        assertThat(Arrays.mismatch(rearranged.contents(), file.contents())).isEqualTo(-1);
    }

    @Test
    void fullDiskAtAnyByteLeavesAFileThatSaysSoAndIsRightAsFarAsItGoes() throws IOException {
        byte[] input = core(true, ByteOrder.LITTLE_ENDIAN);
        long mostRight = -1;
        for (long room = 0; room < 300L * PAGE; room += room < 400 ? 31 : 40_009) {
            MemorySink sink = new MemorySink(room);
            long right = breakOff(input, sink);
            assertThat(right).isGreaterThanOrEqualTo(mostRight);
            mostRight = right;
        }
        assertThat(mostRight).isPositive();
    }

    /// Answers how many pages the file holds.
    private static long breakOff(byte[] input, MemorySink sink) throws IOException {
        try (Dump dump = open(input)) {
            ElfLayout layout = ElfLayout.like(new MemorySource("in", input), dump.machine(), notes());
            ElfWriter writer = ElfWriter.create(sink, layout, SELECTION);
            assertThatThrownBy(() -> {
                        writer.copy(dump.memory(), pages -> {});
                        writer.finish();
                    })
                    .isInstanceOf(NoSpaceException.class);
            checkIncomplete(sink.source());
            writer.markIncomplete();
        } catch (NoSpaceException inTheHeaders) {
            return 0;
        }
        return checkIncomplete(sink.source());
    }

    private static long checkIncomplete(ByteSource source) throws IOException {
        try (Dump dump = Dumps.open(source, Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
            return countRight(dump);
        } catch (DumpException cut) {
            assertThat(cut).hasMessageContaining("ends at byte");
            return 0;
        }
    }

    @Test
    void trailerIsBehindTheLastSegment() throws IOException {
        MemorySink sink = withTrailer();
        try (Dump dump = Dumps.open(sink.source(), Warnings.NONE)) {
            assertThat(dump.memory().exclusionCode(START + 399)).hasValue(1);
            assertThat(Trailer.find(dump.notes(), sink.source(), Warnings.NONE)
                            .orElseThrow()
                            .verify())
                    .isEmpty();
            assertThat(countRight(dump)).isEqualTo(300);
        }
    }

    private static MemorySink withTrailer() throws IOException {
        byte[] input = core(true, ByteOrder.BIG_ENDIAN);
        MemorySink sink = new MemorySink();
        TrailerWriter trailer = new TrailerWriter();
        trailer.classes().add(0, START + 100);
        trailer.classes().add(1, 300);
        try (Dump dump = open(input)) {
            ElfLayout layout = ElfLayout.like(new MemorySource("in", input), dump.machine(), notes(dump));
            ElfWriter writer = ElfWriter.create(sink, layout, SELECTION, trailer);
            writer.copy(dump.memory(), pages -> {});
            writer.finish();
        }
        return sink;
    }

    @Test
    void coreThatIsCutInsideItsTrailerIsCompleteWithARemark() throws IOException {
        byte[] file = withTrailer().contents();
        try (Dump dump = open(Arrays.copyOf(file, file.length - 10))) {
            assertThat(dump.completeness().complete()).isTrue();
            assertThat(dump.completeness().remarks())
                    .singleElement()
                    .asString()
                    .contains("inside the trailer that its notes announce");
        }
    }

    @Test
    void narrowFileOfMoreThan4GiBIsRefused() {
        Machine machine = new Machine("i686", ByteOrder.LITTLE_ENDIAN, 4, 12);
        long threeGiB = 3L << 30;
        List<PhysicalSegment> memory = List.of(
                new PhysicalSegment(0, 0, threeGiB, threeGiB, 0), new PhysicalSegment(0, 0, threeGiB, threeGiB, 0));
        ElfLayout layout = ElfLayout.of(machine, memory, notes());
        assertThatThrownBy(() -> ElfWriter.create(
                        new DiscardingSink("out"), layout, window -> window.setRange(0, Long.MAX_VALUE >>> 12)))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith("out: an ELF32 file holds at most 4 GiB");
    }

    private static ElfWriter write(byte[] input, ByteSink sink) throws IOException {
        try (Dump dump = open(input)) {
            ElfLayout layout = ElfLayout.like(new MemorySource("in", input), dump.machine(), notes(dump));
            ElfWriter writer = ElfWriter.create(sink, layout, SELECTION);
            writer.copy(dump.memory(), pages -> {});
            return writer;
        }
    }

    private static Dump open(byte[] input) throws IOException {
        return Dumps.open(new MemorySource("in", input), Warnings.NONE);
    }

    private static NoteArea notes(Dump dump) {
        return NoteArea.of(dump.notes(), dump.machine().order());
    }

    private static NoteArea notes() {
        return NoteArea.of(List.of(new Note("CORE", 1, ByteBuffer.wrap(new byte[12]))), ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] core(boolean wide, ByteOrder order) {
        byte[] memory = new byte[FRAMES * PAGE];
        for (int i = 0; i < FRAMES; i++) {
            System.arraycopy(PagePattern.of(START + i, PAGE), 0, memory, i * PAGE, PAGE);
        }
        ElfCoreBuilder builder = wide ? ElfCoreBuilder.elf64(order) : ElfCoreBuilder.elf32(order);
        return builder.note("CORE", 1, new byte[12]).load(START * PAGE, memory).build();
    }

    /// Each page is either not there or has its right contents.
    private static long countRight(Dump dump) throws IOException {
        long right = 0;
        PageState[] states = new PageState[1];
        for (long pfn = START; pfn < START + FRAMES; pfn++) {
            ByteBuffer page = ByteBuffer.allocate(PAGE);
            dump.memory().readPages(pfn, 1, page, states);
            if (states[0].readable()) {
                assertThat(Arrays.mismatch(page.array(), PagePattern.of(pfn, PAGE)))
                        .as("first wrong byte of frame %d", pfn)
                        .isEqualTo(-1);
                right++;
            }
        }
        return right;
    }
}

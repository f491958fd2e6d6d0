package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.RefusingSource;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.trailer.TrailerWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The parts are built by the testkit from the format's description, and so is the file that must come out.
final class ReassemblyTest {

    private static final SmallDump WHOLE = SmallDump.of(Compression.ZLIB);
    private static final SmallDump FIRST = WHOLE.part(0, 40);
    private static final SmallDump SECOND = WHOLE.part(40, 100);
    private static final SmallDump THIRD = WHOLE.part(100, 150);

    @Test
    void partsInAnyOrderBecomeTheFileThatWasNotSplit() throws IOException {
        assertSame(reassembled(FIRST, SECOND, THIRD), WHOLE.expected());
        assertSame(reassembled(THIRD, FIRST, SECOND), WHOLE.expected());
    }

    @Test
    void emptyPartsDoNoHarm() throws IOException {
        assertSame(reassembled(WHOLE.part(150, 150), WHOLE.part(0, 150), WHOLE.part(150, 150)), WHOLE.expected());
    }

    @Test
    void onePartThatHoldsAllIsEnough() throws IOException {
        assertSame(reassembled(WHOLE.part(0, 150)), WHOLE.expected());
    }

    @Test
    void eraseTextsFollowTheOrderOfTheParts() throws IOException {
        byte[] file = reassembled(SECOND.erased("two\n"), THIRD.erased("three\n"), FIRST.erased("one\n"));
        assertSame(file, WHOLE.erased("one\ntwo\nthree\n").expected());
    }

    @Test
    void partsWithTrailersBecomeTheFileWithATrailer() throws IOException {
        MemorySink whole = new MemorySink();
        WHOLE.write(whole, new TrailerWriter()).finish();
        byte[] file = reassemble(List.of(written(THIRD), written(FIRST), written(SECOND)));
        assertSame(file, whole.contents());
    }

    @Test
    void missingPartIsNamedByItsFrames() {
        assertThatThrownBy(() -> reassembled(FIRST, THIRD))
                .isInstanceOf(DumpException.class)
                .hasMessage("There is not dumpfile corresponding to pfn 0x28 - 0x64.");
        assertThatThrownBy(() -> reassembled(SECOND, FIRST))
                .hasMessage("There is not dumpfile corresponding to pfn 0x64 - 0x96.");
        assertThatThrownBy(() -> reassembled(SECOND))
                .hasMessage("There is not dumpfile corresponding to pfn 0x0 - 0x28.");
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() {
        SmallDump foreign = SmallDump.of(Compression.NONE).part(40, 100);
        assertThatThrownBy(() -> reassembled(FIRST, foreign, THIRD))
                .hasMessageStartingWith("Invalid dumpfile(part 1): it is a part of another dump");
        assertThatThrownBy(() -> reassembled(FIRST, WHOLE, THIRD))
                .hasMessage("Invalid dumpfile(part 1): it is no part of a split dump.");
        assertThatThrownBy(() -> reassembled(FIRST, SECOND, SECOND, THIRD))
                .hasMessageStartingWith("Invalid dumpfile(part 2): another part holds pfn 0x28");
        assertThatThrownBy(() -> reassemble(List.of())).isInstanceOf(DumpException.class);
    }

    @Test
    void pagesThatAPartHasLostAreLostInTheResult() throws IOException {
        byte[] cut = Arrays.copyOf(SECOND.expected(), SECOND.expected().length - 100);
        List<ByteSource> parts = List.of(
                new MemorySource("one", FIRST.expected()),
                new MemorySource("two", cut),
                new MemorySource("three", THIRD.expected()));
        MemorySink sink = new MemorySink();
        assertThat(Reassembly.open(parts, Warnings.NONE).writeTo(sink, pages -> {}))
                .isEqualTo(1);
        try (Dump dump = Dumps.open(sink.source(), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
            long lost = 0;
            for (long pfn = 0; pfn < WHOLE.frames(); pfn++) {
                lost += dump.memory().state(pfn) == PageState.LOST ? 1 : 0;
            }
            assertThat(lost).isEqualTo(1);
        }
    }

    @Test
    void pageThatAPartRefusesIsTheOnlyOneThatIsLost() throws IOException {
        byte[] second = SECOND.expected();
        byte[] file = reassemble(List.of(
                new MemorySource("one", FIRST.expected()),
                new RefusingSource(second, second.length - 10),
                new MemorySource("three", THIRD.expected())));
        try (Dump dump = Dumps.open(new MemorySource("result", file), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
            for (long pfn = 0; pfn < WHOLE.frames(); pfn++) {
                boolean lost = dump.memory().state(pfn) == PageState.LOST;
                assertThat(lost).as("frame %d", pfn).isEqualTo(pfn == lastStoredPage(SECOND));
            }
        }
    }

    private static long lastStoredPage(SmallDump part) {
        long last = -1;
        for (long pfn = 0; pfn < part.frames(); pfn++) {
            last = part.isHere(pfn) && part.isStored(pfn) && !part.isZero(pfn) ? pfn : last;
        }
        return last;
    }

    private static byte[] reassembled(SmallDump... parts) throws IOException {
        ByteSource[] sources = new ByteSource[parts.length];
        for (int i = 0; i < parts.length; i++) {
            sources[i] = new MemorySource("part " + i, parts[i].expected());
        }
        return reassemble(List.of(sources));
    }

    private static ByteSource written(SmallDump part) throws IOException {
        MemorySink sink = new MemorySink();
        part.write(sink, new TrailerWriter()).finish();
        return sink.source();
    }

    private static byte[] reassemble(List<ByteSource> parts) throws IOException {
        MemorySink sink = new MemorySink();
        Reassembly.open(parts, Warnings.NONE).writeTo(sink, pages -> {});
        return sink.contents();
    }

    private static void assertSame(byte[] actual, byte[] expected) {
        assertThat(Arrays.mismatch(actual, expected))
                .as("first byte that differs")
                .isEqualTo(-1);
    }
}

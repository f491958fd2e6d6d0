package io.inquest.dump.trailer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Note;
import io.inquest.dump.NoteArea;
import io.inquest.dump.RefusingSource;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.io.PatchedSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TrailerTest {

    private static final List<Note> NOTES = List.of(TrailerNote.note());
    private static final int NOTE_BYTES = 28;
    private static final byte[] DUMP = dump();

    /// A line of the page's example is an offset and bytes in hexadecimal, and then what they are.
    @Test
    void exampleOfTheFormatsPageIsTrue() throws IOException {
        byte[] file = fileWithTrailer();
        int checked = 0;
        for (String line : Files.readAllLines(Path.of("..", "docs", "formats", "inquest-note.md"))) {
            if (line.startsWith("0000") && line.startsWith("  ", 8)) {
                int at = Integer.parseInt(line.substring(0, 8), 16);
                byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(line.substring(10, line.indexOf("  ", 10)));
                assertThat(Arrays.copyOfRange(file, at, at + bytes.length))
                        .as(line)
                        .isEqualTo(bytes);
                checked += bytes.length;
            }
        }
        assertThat(checked).isEqualTo(file.length);
    }

    @Test
    void noteIsNamedInquestAndTellsTheVersion() {
        Note note = TrailerNote.note();
        assertThat(note.is("INQUEST", 0x49510001)).isTrue();
        assertThat(note.description()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 0, 0, 0, 64, 0, 0, 0}));
    }

    /// As of a flattened stream with one record at a huge offset: nothing is in the hole, and it may be large.
    @Test
    void trailerBehindTheDumpIsNotLookedForInHoles() throws IOException {
        byte[] file = fileWithTrailer();
        Trailer trailer = find(file).orElseThrow();
        List<Long> reads = new ArrayList<>();
        ByteSource holed = new ByteSource() {
            @Override
            public String name() {
                return "holed";
            }

            @Override
            public long size() {
                return 1L << 40;
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                reads.add(offset);
                int bytes = (int) Math.min(target.remaining(), file.length - offset);
                target.put(file, (int) offset, bytes);
                return bytes;
            }

            @Override
            public long nextData(long offset) {
                return offset < file.length ? offset : size();
            }

            @Override
            public long nextHole(long offset) {
                return Math.max(offset, file.length);
            }

            @Override
            public void close() {}
        };

        assertThat(Trailer.behind(holed, trailer.offset())).isPresent();
        assertThat(reads).allMatch(offset -> offset < file.length);
        reads.clear();
        assertThat(Trailer.behind(holed, file.length)).isEmpty();
        assertThat(reads).isEmpty();
    }

    @Test
    void classOfEachFrameIsFound() throws IOException {
        Trailer trailer = find(fileWithTrailer()).orElseThrow();
        assertThat(trailer.exclusionCode(0)).isEmpty();
        assertThat(trailer.exclusionCode(99)).isEmpty();
        assertThat(trailer.exclusionCode(100)).hasValue(1);
        assertThat(trailer.exclusionCode(399)).hasValue(1);
        assertThat(trailer.exclusionCode(400)).hasValue(5);
        assertThat(trailer.exclusionCode(401)).isEmpty();
        assertThat(trailer.exclusionCode(Long.MAX_VALUE)).isEmpty();
        assertThat(trailer.sameCodeUntil(100)).isEqualTo(400);
        assertThat(trailer.sameCodeUntil(399)).isEqualTo(400);
        assertThat(trailer.sameCodeUntil(400)).isEqualTo(401);
        assertThat(trailer.classMapIsWhole()).isTrue();
    }

    @Test
    void mapOfManyChunksFindsEachFrame() throws IOException {
        TrailerWriter writer = new TrailerWriter();
        Random random = new Random(6);
        int[] codes = new int[100_000];
        for (int pfn = 0; pfn < codes.length; ) {
            int run = Math.min(1 + random.nextInt(4), codes.length - pfn);
            int code = random.nextInt(9);
            Arrays.fill(codes, pfn, pfn + run, code);
            writer.classes().add(code, run);
            pfn += run;
        }
        MemorySink sink = new MemorySink();
        writer.writeTo(sink, 0);
        Trailer trailer = find(sink.contents()).orElseThrow();
        for (int pfn = 0; pfn < codes.length; pfn++) {
            OptionalInt expected = codes[pfn] == 0 ? OptionalInt.empty() : OptionalInt.of(codes[pfn]);
            assertThat(trailer.exclusionCode(pfn)).isEqualTo(expected);
        }
    }

    @Test
    void mapThatGrowsTooLargeSaysWhereItEnds() throws IOException {
        TrailerWriter writer = new TrailerWriter();
        Random random = new Random(7);
        long frames = 0;
        while (!writer.classes().isCut()) {
            long run = 1L + random.nextInt(1 << 28);
            writer.classes().add(1 + (int) (frames & 7), run);
            frames += run;
        }
        MemorySink sink = new MemorySink();
        writer.writeTo(sink, 0);
        assertThat(sink.contents()).hasSizeLessThan((8 << 20) + (100 << 10));
        Trailer trailer = find(sink.contents()).orElseThrow();
        assertThat(trailer.classMapIsWhole()).isFalse();
        assertThat(trailer.exclusionCode(0)).isPresent();
        assertThat(trailer.exclusionCode(frames - 1)).isEmpty();
    }

    @Test
    void soundDumpIsVerified() throws IOException {
        assertThat(find(fileWithTrailer()).orElseThrow().verify()).isEmpty();
    }

    @Test
    void damageIsFoundWhereItIs() throws IOException {
        byte[] file = fileWithTrailer();
        file[NOTE_BYTES + 3] ^= 0x40;
        List<Damage> damage = find(file).orElseThrow().verify();
        assertThat(damage).containsExactly(new Damage("page data", NOTE_BYTES, 21));
        assertThat(damage.getFirst().sentence())
                .isEqualTo("the page data at bytes 28 to 48 does not have the checksum it was written with");
    }

    @Test
    void damageInALargeSectionIsFoundTo64Kibibytes() throws IOException {
        byte[] data = new byte[(5 << 20) / 2];
        TrailerWriter writer = new TrailerWriter();
        SectionChecksum checksum = writer.section(Section.DATA, 0, data.length);
        for (int at = 0; at < data.length; at += 100_000) {
            checksum.update(ByteBuffer.wrap(data, at, Math.min(100_000, data.length - at)));
        }
        MemorySink sink = new MemorySink();
        sink.write(0, ByteBuffer.wrap(data));
        writer.writeTo(sink, data.length);
        byte[] file = sink.contents();
        assertThat(find(file).orElseThrow().verify()).isEmpty();
        file[(1 << 20) + 5] = 1;
        file[data.length - 1] = 1;
        file[data.length - (1 << 16) - 1] = 1;
        assertThat(find(file).orElseThrow().verify())
                .containsExactly(
                        new Damage("page data", 1 << 20, 1 << 16),
                        new Damage("page data", data.length - (2 << 16), 2 << 16));
    }

    /// Damage of three bits looks like that of one often enough, and nothing would tell it of tables and pages.
    @Test
    void wrongBitIsTurnedBackInHeadersOnly() throws IOException {
        for (Section section : List.of(Section.HEADER, Section.STORED_FRAMES, Section.DESCRIPTORS, Section.DATA)) {
            byte[] bytes = new byte[3 << 20];
            new Random(3).nextBytes(bytes);
            MemorySink sink = new MemorySink();
            sink.write(0, ByteBuffer.wrap(bytes));
            TrailerWriter writer = new TrailerWriter();
            writer.section(section, 0, bytes.length).update(ByteBuffer.wrap(bytes));
            writer.writeTo(sink, bytes.length);
            byte[] file = sink.contents();
            file[1_500_000] ^= 4;
            PatchedSource patched = new PatchedSource(new MemorySource("file", file));
            Trailer.Repair repair = Trailer.atEnd(patched).orElseThrow().repair(patched);
            if (section == Section.HEADER) {
                assertThat(repair.repaired()).containsExactly(new Damage("header", 1_500_000, 1));
                assertThat(repair.left()).isEmpty();
            } else {
                assertThat(repair.left()).containsExactly(new Damage(section.label(), 1_441_792, 1 << 16));
            }
        }
    }

    @Test
    void withoutItsNoteATrailerIsFoundAndADamagedOneIsNoNews() throws IOException {
        byte[] file = fileWithTrailer();
        List<String> warnings = new ArrayList<>();
        assertThat(Trailer.find(List.of(), new MemorySource("dump", file), warnings::add))
                .isPresent();
        file[file.length - 10] ^= 1;
        assertThat(Trailer.find(List.of(), new MemorySource("dump", file), warnings::add))
                .isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void trailerIsFoundAlsoIfTheFileGoesOn() throws IOException {
        byte[] file = fileWithTrailer();
        for (int more : new int[] {0, 1, 63, 5000, (1 << 20) + 1, 40 << 20}) {
            MemorySource source = new MemorySource("dump", Arrays.copyOf(file, file.length + more));
            Trailer trailer = Trailer.behind(source, NOTE_BYTES).orElseThrow();
            assertThat(trailer.end()).isEqualTo(file.length);
            assertThat(trailer.verify()).isEmpty();
        }
    }

    @Test
    void cutFileHasLostItsTrailerAndThatIsNoNews() throws IOException {
        byte[] file = fileWithTrailer();
        for (int length = 0; length < file.length; length++) {
            List<String> warnings = new ArrayList<>();
            MemorySource source = new MemorySource("dump", Arrays.copyOf(file, length));
            assertThat(Trailer.find(NOTES, source, warnings::add)).isEmpty();
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void everyChangedBitIsNoticedOrDoesNoHarm() throws IOException {
        byte[] file = fileWithTrailer();
        for (int bit = DUMP.length * 8; bit < file.length * 8; bit++) {
            byte[] damaged = file.clone();
            damaged[bit >>> 3] ^= (byte) (1 << (bit & 7));
            Optional<Trailer> trailer = find(damaged);
            if (trailer.isPresent()) {
                assertThat(trailer.get().exclusionCode(200)).as("bit %d", bit).isEmpty();
                assertThat(trailer.get().verify())
                        .singleElement()
                        .extracting(Damage::section)
                        .isEqualTo("class map");
            }
        }
    }

    @Test
    void damagedDirectoryIsWorthAWarning() throws IOException {
        byte[] file = fileWithTrailer();
        file[file.length - 65] ^= 1;
        List<String> warnings = new ArrayList<>();
        assertThat(Trailer.find(NOTES, new MemorySource("dump", file), warnings::add))
                .isEmpty();
        assertThat(warnings).singleElement().asString().contains("the trailer at its end is damaged");
    }

    @Test
    void damagedFooterIsWorthAWarning() throws IOException {
        byte[] file = fileWithTrailer();
        file[file.length - 40] ^= 1;
        List<String> warnings = new ArrayList<>();
        assertThat(Trailer.find(NOTES, new MemorySource("dump", file), warnings::add))
                .isEmpty();
        assertThat(warnings).singleElement().asString().contains("the trailer at its end is damaged");
    }

    @Test
    void bytesThatCannotBeReadAreDamage() throws IOException {
        Trailer trailer = Trailer.find(NOTES, new RefusingSource(fileWithTrailer(), NOTE_BYTES + 3), Warnings.NONE)
                .orElseThrow();
        assertThat(trailer.verify()).containsExactly(new Damage("page data", NOTE_BYTES, 21));
    }

    @Test
    void copyOfADamagedClassMapSaysWhereItEnds() throws IOException {
        byte[] file = fileWithTrailer();
        file[DUMP.length + 4] ^= 1;
        TrailerWriter copy = new TrailerWriter();
        find(file).orElseThrow().copyClassesTo(copy.classes());
        MemorySink sink = new MemorySink();
        copy.writeTo(sink, 0);
        assertThat(find(sink.contents()).orElseThrow().classMapIsWhole()).isFalse();
    }

    private static Optional<Trailer> find(byte[] file) {
        return Trailer.find(NOTES, new MemorySource("dump", file), Warnings.NONE);
    }

    private static byte[] dump() {
        ByteBuffer dump = ByteBuffer.allocate(NOTE_BYTES + 21);
        dump.put(NoteArea.of(NOTES, ByteOrder.LITTLE_ENDIAN).bytes());
        return dump.put("a dump of one machine".getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static byte[] fileWithTrailer() throws IOException {
        TrailerWriter writer = new TrailerWriter();
        writer.classes().add(0, 100);
        writer.classes().add(1, 250);
        writer.classes().add(1, 50);
        writer.classes().add(5, 1);
        writer.classes().add(0, 99);
        writer.section(Section.HEADER, 0, NOTE_BYTES).update(ByteBuffer.wrap(DUMP, 0, NOTE_BYTES));
        writer.section(Section.DATA, NOTE_BYTES, 21).update(ByteBuffer.wrap(DUMP, NOTE_BYTES, 21));
        MemorySink sink = new MemorySink();
        sink.write(0, ByteBuffer.wrap(DUMP));
        writer.writeTo(sink, DUMP.length);
        return sink.contents();
    }
}

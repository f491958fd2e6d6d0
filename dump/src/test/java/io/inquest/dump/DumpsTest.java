package io.inquest.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.KdumpBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DumpsTest {

    @TempDir
    private Path folder;

    /// Hexadecimal first bytes, and what the message says of such a file.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1f8b08                   | is compressed with gzip; unpack it first (gzip -d)
            fd377a585a00             | is compressed with xz; unpack it first (xz -d)
            28b52ffd                 | is compressed with zstd; unpack it first (zstd -d)
            425a6839                 | is compressed with bzip2
            04224d18                 | is compressed with lz4
            894c5a4f                 | is compressed with lzop
            504b0304                 | is a zip archive
            4449534b44554d50         | is a dump of the old diskdump format, which is not read yet
            ed238f61730119a8         | is a dump of the LKCD format
            a8190173618f23fd         | is a stand-alone dump of s390
            736164756d700000         | is a dump of sadump
            d0bed2be                 | is a VMware suspend or snapshot file
            454d694c                 | is a LiME memory image
            41564d4c                 | is an AVML memory image
            5041474544553634         | is a dump of Windows
            51455649                 | is not a dump of a known kind (it begins with 51 45 56 49
            5145564d                 | is the saved state of a virtual machine
            514649fb                 | is a qcow2 disk image
            4f5352454c454153453d     | is a vmcoreinfo text, not a dump; give it beside the dump (-i)
            000000000000             | begins with zeros only
            """)
    void unknownFileIsToldByWhatItLooksLike(String first, String message) {
        byte[] file = new byte[1000];
        for (int i = 0; i < first.length() / 2; i++) {
            file[i] = (byte) Integer.parseInt(first.substring(2 * i, 2 * i + 2), 16);
        }
        assertRefused(file, "file: " + message);
    }

    @Test
    void emptyShortAndTextFilesAreTold() {
        assertRefused(new byte[0], "file: is empty; the dump was not written, or is still to be copied");
        assertRefused(new byte[5], "file: has only 5 bytes, fewer than the header of any dump; it was cut");
        assertRefused("Hello".getBytes(StandardCharsets.US_ASCII), "file: is a text, not a dump");
        assertRefused("Hello, \n".repeat(20).getBytes(StandardCharsets.US_ASCII), "file: is a text, not a dump");
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> Dumps.open(new MemorySource("file", file), Warnings.NONE))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void fileThatCannotBeOpenedIsTold() {
        assertThatThrownBy(() -> Dumps.open(List.of(folder.resolve("none")), Warnings.NONE))
                .isInstanceOf(DumpException.class)
                .hasMessage(folder.resolve("none") + ": there is no such file");
        assertThatThrownBy(() -> Dumps.open(List.of(folder), Warnings.NONE))
                .isInstanceOf(DumpException.class)
                .hasMessage(folder + ": is a directory, not a dump");
    }

    @Test
    void cutHeaderIsTold() {
        assertRefused(
                Arrays.copyOf(KdumpBuilder.version(6).build(), 100),
                "file: the file ends at byte 100 inside the kdump-compressed header (464 bytes at 0);"
                        + " it is a cut copy, so copy or dump it again");
    }

    @Test
    void contiguousRawImageIsOneRange() throws IOException {
        Machine machine = new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, 8, 12);
        byte[] image = new byte[8192];
        image[5000] = 42;
        try (Dump dump = Dumps.openRaw(
                new MemorySource("image", image), RawLayout.contiguous(machine, image.length), Warnings.NONE)) {
            ByteBuffer target = ByteBuffer.allocate(1);
            dump.memory().read(5000, target);
            assertThat(target.get(0)).isEqualTo((byte) 42);
            assertThat(dump.completeness().complete()).isTrue();
        }
    }

    @Test
    void failedOpenClosesWhatItOpened() throws IOException {
        Path file = Files.write(folder.resolve("one"), KdumpBuilder.version(6).build());
        assertThatThrownBy(() -> Dumps.open(List.of(file, folder.resolve("none")), Warnings.NONE))
                .isInstanceOf(DumpException.class);
    }

    // The example of docs/library.md.
    static String describe(Path vmcore) throws IOException {
        try (Dump dump = Dumps.open(List.of(vmcore), Warnings.NONE)) {
            PhysicalMemory memory = dump.memory();

            ByteBuffer eightBytes = ByteBuffer.allocate(8).order(dump.machine().order());
            memory.read(0x3000, eightBytes);

            Map<PageState, Integer> frames = new EnumMap<>(PageState.class);
            for (long pfn = 0; pfn < memory.endPfn(); pfn++) {
                frames.merge(memory.state(pfn), 1, Integer::sum);
            }
            return dump.header().format() + ": 0x" + Long.toHexString(eightBytes.getLong(0)) + " at 0x3000, "
                    + frames.get(PageState.STORED) + " stored, "
                    + frames.get(PageState.EXCLUDED) + " excluded";
        }
    }

    // The example of docs/formats/raw.md.
    static Dump openTwoBanks(ByteSource image, Warnings warnings) {
        Machine machine = new Machine("aarch64", ByteOrder.LITTLE_ENDIAN, 8, 12);
        RawLayout layout = new RawLayout(
                machine,
                List.of(
                        new RawLayout.Range(0x0000_0000L, 0x2000, 0),
                        new RawLayout.Range(0x4000_0000L, 0x1000, 0x2000)));
        return Dumps.openRaw(image, layout, warnings);
    }

    @Test
    void exampleOfTheLibraryPageWorks() throws IOException {
        byte[] dump = KdumpBuilder.version(6).page(3).page(4).excludedPage(5).build();
        Path vmcore = Files.write(folder.resolve("vmcore"), dump);
        assertThat(describe(vmcore))
                .isEqualTo("kdump-compressed version 6: 0x5e5e5e5e5e5e5e5e at 0x3000, 2 stored, 1 excluded");
    }
}

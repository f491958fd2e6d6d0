package io.inquest.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.FlattenedBuilder;
import io.inquest.testkit.KdumpBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of `docs/formats` and `docs/library.md` are true: they are built here, byte for byte.
///
/// A line of an example is an offset and bytes in hexadecimal, and then what they are:
/// `00001000  00 00 60 02 00 00 00 00  phys_base`.
final class FormatPagesTest {

    private static final Path DOCS = Path.of("..", "docs");

    static byte[] kdumpExample() {
        return KdumpBuilder.version(6)
                .frames(16)
                .level(1)
                .crashTime(1_700_000_000)
                .physBase(0x2600000)
                .vmcoreinfo("PAGESIZE=4096\n")
                .zeroPage(1)
                .page(3)
                .excludedPage(5)
                .zlibPage(7)
                .build();
    }

    static byte[] splitExample() {
        return KdumpBuilder.version(6)
                .frames(16)
                .part(4, 16)
                .page(3)
                .page(7)
                .page(9)
                .build();
    }

    static byte[] elfExample() {
        return ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("VMCOREINFO", 0, "PAGESIZE=4096\n".getBytes(StandardCharsets.US_ASCII))
                .endNotes()
                .load(0x3000, new byte[4096], 0x5000)
                .build();
    }

    static byte[] flattenedExample() {
        return new FlattenedBuilder()
                .record(4, new byte[] {'l', 'o'})
                .record(0, "Hello".getBytes(StandardCharsets.US_ASCII))
                .record(0, new byte[] {'J'})
                .build();
    }

    @Test
    void kdumpExampleIsTrue() throws IOException {
        assertTrue("kdump-compressed.md", kdumpExample());
        try (Dump dump = Dumps.open(new MemorySource("example", kdumpExample()), Warnings.NONE)) {
            assertThat(dump.memory().state(1)).isEqualTo(PageState.ZERO);
            assertThat(dump.memory().state(5)).isEqualTo(PageState.EXCLUDED);
            assertThat(dump.memory().state(7)).isEqualTo(PageState.STORED);
        }
    }

    @Test
    void splitExampleIsTrue() throws IOException {
        assertTrue("split.md", splitExample());
    }

    @Test
    void elfExampleIsTrue() throws IOException {
        assertTrue("elf-core.md", elfExample());
        try (Dump dump = Dumps.open(new MemorySource("example", elfExample()), Warnings.NONE)) {
            assertThat(dump.memory().state(3)).isEqualTo(PageState.STORED);
            assertThat(dump.memory().state(4)).isEqualTo(PageState.EXCLUDED);
        }
    }

    @Test
    void flattenedExampleIsTrue() throws IOException {
        assertTrue("flattened.md", flattenedExample());
    }

    private static void assertTrue(String page, byte[] file) throws IOException {
        int lines = 0;
        for (String line : Files.readAllLines(DOCS.resolve("formats").resolve(page))) {
            if (line.length() > 12 && line.startsWith("  ", 8) && isHex(line.substring(0, 8))) {
                int end = line.indexOf("  ", 10);
                String bytes = (end < 0 ? line.substring(10) : line.substring(10, end)).replace(" ", "");
                int at = Integer.parseInt(line.substring(0, 8), 16);
                assertThat(HexFormat.of().formatHex(file, at, at + bytes.length() / 2))
                        .as(line)
                        .isEqualTo(bytes);
                lines++;
            }
        }
        assertThat(lines).as("example lines in " + page).isGreaterThan(4);
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(HexFormat::isHexDigit);
    }

    @Test
    void codeOfTheLibraryPageIsTested() throws IOException {
        assertCodeIsTested(DOCS.resolve("library.md"));
        assertCodeIsTested(DOCS.resolve("formats").resolve("raw.md"));
    }

    /// The Java block of a page stands in one of these tests, word for word.
    private static void assertCodeIsTested(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        int start = lines.indexOf("```java");
        String code = words(lines.subList(
                start + 1, start + lines.subList(start, lines.size()).indexOf("```")));
        Path sources = Path.of("src", "test", "java", "io", "inquest", "dump");
        String tests = words(Files.readAllLines(sources.resolve("DumpsTest.java")));
        assertThat(tests).as(page.toString()).contains(code);
    }

    private static String words(List<String> lines) {
        return String.join(" ", lines).replaceAll("\\s+", " ").strip();
    }

    @Test
    void rawExampleIsRead() throws IOException {
        byte[] image = new byte[0x3000];
        image[0x2fff] = 42;
        try (Dump dump = DumpsTest.openTwoBanks(new MemorySource("image", image), Warnings.NONE)) {
            ByteBuffer target = ByteBuffer.allocate(1);
            dump.memory().read(0x4000_0fffL, target);
            assertThat(target.get(0)).isEqualTo((byte) 42);
            assertThat(dump.memory().state(2)).isEqualTo(PageState.ABSENT);
        }
    }
}

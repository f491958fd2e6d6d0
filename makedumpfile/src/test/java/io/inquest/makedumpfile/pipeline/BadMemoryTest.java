package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An input that refuses some pages, as `/proc/vmcore` does where the machine's memory is broken.
class BadMemoryTest {

    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 300;
    private static final int FIRST_BAD = 100;
    private static final int BAD = 20;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Path core() throws IOException {
        return Files.write(
                directory.resolve("vmcore"),
                ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                        .note("CORE", 1, new byte[336])
                        .endNotes()
                        .load(0, PagePattern.of(1, PAGES * PAGE_BYTES))
                        .build());
    }

    private Outcome dump(String... options) throws Exception {
        Path core = core();
        long badFrom = data(core) + (long) FIRST_BAD * PAGE_BYTES;
        long badTo = badFrom + BAD * PAGE_BYTES;
        return dump(
                core,
                (offset, wanted) -> {
                    if (offset < badTo && offset + wanted > badFrom) {
                        throw new IOException(core + ": Input/output error");
                    }
                    return wanted;
                },
                options);
    }

    private Outcome dump(Path core, TroubledSource.Trouble trouble, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of(core.toString(), directory.resolve("out").toString()));
        Messages messages = new Messages(out, err, 31 - 1, false);
        Run run = new Run(
                CommandLine.parse(words.toArray(String[]::new)),
                new ByteArrayInputStream(new byte[0]),
                OutputStream.nullOutputStream(),
                messages);
        ByteSource source = new TroubledSource(FileSource.open(core), trouble);
        try (DumpInput input = new DumpInput(core.toString(), Optional.of(source), Dumps.open(source, messages))) {
            return new Creation(run).create(input);
        }
    }

    /// Where the memory begins in the file.
    private static long data(Path core) throws IOException {
        try (Dump dump = Dumps.open(List.of(core), Warnings.NONE)) {
            return dump.memory().segments().getFirst().fileOffset();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d0", "-cd1", "-E", "-Ed1"})
    void eachPageCostsItselfAndTheDumpSaysThatItIsIncomplete(String options) throws Exception {
        Outcome outcome = dump(options);

        assertThat(outcome).isEqualTo(Outcome.FAILED);
        String told = err.toString(StandardCharsets.UTF_8);
        assertThat(told)
                .contains("page frame 0x64 is lost: ")
                .contains("more pages are damaged or cannot be read\n")
                .endsWith("makedumpfile: " + BAD + " pages could not be read; the dump is marked as incomplete\n");
        assertThat(told.lines()).hasSizeLessThan(15);
        try (Dump dump = Dumps.open(List.of(directory.resolve("out")), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
            byte[] whole = PagePattern.of(1, PAGES * PAGE_BYTES);
            ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
            for (int pfn = 0; pfn < PAGES; pfn++) {
                if (pfn < FIRST_BAD || pfn >= FIRST_BAD + BAD) {
                    dump.memory().read((long) pfn * PAGE_BYTES, page.clear());
                    assertThat(page.flip())
                            .as("pfn %d", pfn)
                            .isEqualTo(ByteBuffer.wrap(whole, pfn * PAGE_BYTES, PAGE_BYTES));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d0", "-cd1", "-E"})
    void fileThatIsCutWhileItIsReadIsSaidToBe(String options) throws Exception {
        Path core = core();
        long size = Files.size(core);
        long end = data(core) + (long) FIRST_BAD * PAGE_BYTES;
        Outcome outcome = dump(
                core,
                (offset, wanted) -> {
                    if (offset >= data(core)) {
                        cut(core, end);
                    }
                    return wanted;
                },
                options);

        assertThat(outcome).isEqualTo(Outcome.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith("makedumpfile: " + core + " was cut while it was read: it ends at byte " + end + ", and had "
                        + size + " bytes; " + (PAGES - FIRST_BAD)
                        + " pages could not be read; the dump is marked as incomplete\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("is saved to");
    }

    private static void cut(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    @Test
    void lostPagesAreToldFromPagesOfZeros() throws Exception {
        dump("-d0");

        try (Dump dump = Dumps.open(List.of(directory.resolve("out")), Warnings.NONE)) {
            assertThat(dump.memory().state(FIRST_BAD - 1)).isEqualTo(PageState.STORED);
            assertThat(dump.memory().state(FIRST_BAD)).isEqualTo(PageState.LOST);
            assertThat(dump.memory().state(FIRST_BAD + BAD - 1)).isEqualTo(PageState.LOST);
            assertThat(dump.memory().state(FIRST_BAD + BAD)).isEqualTo(PageState.STORED);
        }
    }
}

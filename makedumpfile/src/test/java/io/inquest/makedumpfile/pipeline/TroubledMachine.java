package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.FileSource;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Refusal.RefusedException;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A machine of some hundred pages, dumped while something goes wrong. Its memory is known from its making, so that
/// every page of an output can be judged.
final class TroubledMachine {

    static final int PAGE_BYTES = 4096;
    static final int PAGES = 900;

    /// Behind the ELF header and two program headers; the notes are the last thing in the file.
    private static final long DATA_AT = 64 + 2 * 56;

    private final Path folder;
    private final byte[] memory = new byte[PAGES * PAGE_BYTES];
    private final Path core;

    /// What the pages of an output are like.
    record Pages(int right, int lost, boolean complete) {}

    TroubledMachine(Path folder) throws IOException {
        this.folder = folder;
        Random random = new Random(1);
        for (int pfn = 0; pfn < PAGES; pfn++) {
            int at = pfn * PAGE_BYTES;
            switch (pfn / 3 % 4) {
                case 0 -> {}
                case 1 -> System.arraycopy(PagePattern.of(pfn, PAGE_BYTES), 0, memory, at, PAGE_BYTES);
                case 2 -> Arrays.fill(memory, at, at + PAGE_BYTES, (byte) pfn);
                default -> {
                    byte[] noise = new byte[PAGE_BYTES / 2];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, memory, at, noise.length);
                }
            }
        }
        core = Files.write(
                folder.resolve("vmcore"),
                ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                        .note("CORE", 1, new byte[336])
                        .load(0, memory)
                        .build());
    }

    /// Where in the core a page lies.
    long offsetOf(int pfn) {
        return DATA_AT + (long) pfn * PAGE_BYTES;
    }

    /// Dumps it, as `makedumpfile` with these options would on a machine with so many processors.
    ///
    /// @param stdout takes the output of a flattened form
    Outcome dump(
            OutputForm form,
            int processors,
            TroubledSource.Trouble trouble,
            OutputStream stdout,
            List<String> files,
            String... more)
            throws IOException {
        List<String> outputs =
                files.stream().map(file -> folder.resolve(file).toString()).toList();
        String[] words =
                form.commandLine(List.of(more), core.toString(), outputs).toArray(String[]::new);
        Messages messages = new Messages(OutputStream.nullOutputStream(), new ByteArrayOutputStream(), 0, true);
        Run run = new Run(parse(words), new ByteArrayInputStream(new byte[0]), stdout, messages, processors);
        TroubledSource source = new TroubledSource(FileSource.open(core), trouble);
        try (DumpInput input = new DumpInput(core.toString(), Optional.of(source), Dumps.open(source, messages))) {
            return new Creation(run).create(input);
        }
    }

    private static Options parse(String[] words) {
        try {
            return CommandLine.parse(words);
        } catch (RefusedException refused) {
            throw new IllegalArgumentException(String.join(" ", words), refused);
        }
    }

    /// Opens an output and compares each page that it gives with the machine's memory: it is right, or lost. An ELF
    /// core has no word for a lost page: it has zeros, and says as a whole that it is incomplete.
    Pages check(String how, OutputForm form, List<String> files) throws IOException {
        List<Path> paths = files.stream().map(folder::resolve).toList();
        int right = 0;
        int lost = 0;
        try (Dump dump = Dumps.open(paths, Warnings.NONE)) {
            boolean complete = dump.completeness().complete();
            ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
            PageState[] state = new PageState[1];
            for (int pfn = 0; pfn < PAGES; pfn++) {
                dump.memory().readPages(pfn, 1, page.clear(), state);
                if (!state[0].readable()) {
                    lost++;
                } else if (page.flip().equals(ByteBuffer.wrap(memory, pfn * PAGE_BYTES, PAGE_BYTES))) {
                    right++;
                } else {
                    boolean zeros = page.equals(ByteBuffer.allocate(PAGE_BYTES));
                    assertThat(form.isElf() && !complete && zeros)
                            .as("%s: pfn %d, %s, is wrong", how, pfn, state[0])
                            .isTrue();
                    lost++;
                }
            }
            return new Pages(right, lost, complete);
        }
    }
}

package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.makedumpfile.Conversion.Form;
import io.inquest.makedumpfile.Conversion.Replacement;
import io.inquest.testkit.KdumpBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Any form of dump from any other: the same pages, the same gaps.
class ConversionTest {

    private static final int PAGE_BYTES = 4096;
    private static final int END_PFN = 900;

    @TempDir
    private Path directory;

    private Path original;

    /// Pages, single excluded frames and long runs of them, zeros, and two holes in the machine's memory.
    @BeforeEach
    void writeOriginal() throws IOException {
        KdumpBuilder dump =
                KdumpBuilder.version(6).level(31).crashTime(1_764_000_000).frames(END_PFN);
        dump.vmcoreinfo("OSRELEASE=6.12.0-test\nPAGESIZE=4096\n");
        for (int pfn = 3; pfn < END_PFN; pfn++) {
            if (pfn >= 200 && pfn < 250) {
                continue;
            }
            if (pfn % 7 == 0 || (pfn >= 400 && pfn < 700)) {
                dump.excludedPage(pfn);
            } else if (pfn % 11 == 0) {
                dump.zeroPage(pfn);
            } else {
                dump.page(pfn);
            }
        }
        original = Files.write(directory.resolve("original"), dump.build());
    }

    private String at(String file) {
        return directory.resolve(file).toString();
    }

    private static void convert(List<String> inputs, String output, Form form, Compression compression)
            throws IOException {
        new Conversion(inputs, output, form, compression, Replacement.REFUSE).run(Warnings.NONE);
    }

    /// The original in the form that is to be read.
    private List<String> input(String name) throws IOException {
        if (name.equals("SPLIT")) {
            CommandRun split = CommandRun.makedumpfile(
                    "--split",
                    "--splitblock-size",
                    "64",
                    "--message-level",
                    "0",
                    original.toString(),
                    at("part1"),
                    at("part2"));
            assertThat(split.exitCode()).isEqualTo(ExitCode.ANALYSIS_ERROR);
            return List.of(at("part2"), at("part1"));
        }
        if (name.equals("ORIGINAL")) {
            return List.of(original.toString());
        }
        Form form = Form.valueOf(name);
        convert(List.of(original.toString()), at("input"), form, form.isElf() ? Compression.NONE : Compression.ZLIB);
        return List.of(at("input"));
    }

    @ParameterizedTest
    @CsvSource({"KDUMP", "ELF"})
    void whoWatchesHearsHowMuchIsCopied(Form form) throws IOException {
        List<Long> done = new ArrayList<>();
        Compression none = Compression.NONE;
        new Conversion(List.of(original.toString()), at("out"), form, none, Replacement.REFUSE)
                .run(Warnings.NONE, (doneBytes, totalBytes) -> {
                    assertThat(doneBytes).isBetween(0L, totalBytes);
                    done.add(doneBytes);
                });

        assertThat(done).isNotEmpty().allMatch(bytes -> bytes % 4096 == 0);
    }

    @ParameterizedTest
    @CsvSource({"ORIGINAL", "KDUMP", "ELF", "FLATTENED_KDUMP", "FLATTENED_ELF", "SPLIT"})
    void anyFormBecomesAnyOtherInAnyCodecWithTheSamePages(String from) throws IOException {
        List<String> inputs = input(from);
        for (Form form : Form.values()) {
            for (Compression compression : form.isElf() ? List.of(Compression.NONE) : codecs()) {
                String output = at(form + "." + compression);
                convert(inputs, output, form, compression);
                assertHoldsTheSame(output);
            }
        }
    }

    private static List<Compression> codecs() {
        return List.of(Compression.NONE, Compression.ZLIB, Compression.LZO, Compression.SNAPPY, Compression.ZSTD);
    }

    private void assertHoldsTheSame(String output) throws IOException {
        try (Dump one = Dumps.open(List.of(original), Warnings.NONE);
                Dump two = Dumps.open(List.of(Path.of(output)), Warnings.NONE)) {
            assertThat(two.completeness().remarks()).as(output).isEmpty();
            assertThat(two.vmcoreinfo()).isEqualTo(one.vmcoreinfo());
            assertThat(states(two.memory())).as(output).isEqualTo(states(one.memory()));
            assertThat(contents(two.memory())).as(output).isEqualTo(contents(one.memory()));
        }
    }

    /// An ELF core cannot tell that a page is all zeros.
    private static List<PageState> states(PhysicalMemory memory) {
        List<PageState> states = new ArrayList<>();
        for (long pfn = 0; pfn < END_PFN; pfn++) {
            PageState state = memory.state(pfn);
            states.add(state == PageState.ZERO ? PageState.STORED : state);
        }
        return states;
    }

    private static ByteBuffer contents(PhysicalMemory memory) throws IOException {
        ByteBuffer pages = ByteBuffer.allocate(END_PFN * PAGE_BYTES);
        memory.readPages(0, END_PFN, pages, new PageState[END_PFN]);
        return pages.flip();
    }

    @Test
    void headerKeepsItsFactsFromOneKdumpFileToTheNext() throws IOException {
        convert(List.of(original.toString()), at("out"), Form.KDUMP, Compression.ZSTD);

        try (Dump one = Dumps.open(List.of(original), Warnings.NONE);
                Dump two = Dumps.open(List.of(Path.of(at("out"))), Warnings.NONE)) {
            assertThat(two.header().dumpLevel()).isEqualTo(one.header().dumpLevel());
            assertThat(two.header().crashTime()).isEqualTo(one.header().crashTime());
            assertThat(two.header().utsname()).isEqualTo(one.header().utsname());
            assertThat(two.machine()).isEqualTo(one.machine());
            assertThat(two.memory().state(11)).isEqualTo(PageState.ZERO);
        }
    }

    @Test
    void partOfASplitDumpAloneIsConvertedAsFarAsItGoes() throws IOException {
        input("SPLIT");
        List<String> told = new ArrayList<>();
        Conversion conversion =
                new Conversion(List.of(at("part1")), at("out"), Form.KDUMP, Compression.NONE, Replacement.REFUSE);

        assertThatThrownBy(() -> conversion.run(told::add))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("marked as incomplete");
        assertThat(told).anyMatch(sentence -> sentence.contains("it is one part of a split set"));
        try (Dump dump = Dumps.open(List.of(Path.of(at("out"))), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
        }
    }

    @Test
    void outputThatIsThereIsReplacedOnlyIfAskedFor() throws IOException {
        Files.writeString(directory.resolve("out"), "precious");
        for (Form form : Form.values()) {
            List<String> inputs = List.of(original.toString());
            assertThatThrownBy(() -> convert(inputs, at("out"), form, Compression.NONE))
                    .hasMessage(at("out") + ": exists already");
            assertThat(directory.resolve("out")).content().isEqualTo("precious");
        }
        new Conversion(
                        List.of(original.toString()),
                        at("out"),
                        Form.FLATTENED_ELF,
                        Compression.NONE,
                        Replacement.REPLACE)
                .run(Warnings.NONE);
        assertHoldsTheSame(at("out"));
    }
}

package io.inquest.cli.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.ExitCode;
import io.inquest.cli.Ran;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `inquest dump salvage` on the bundled dumps.
final class SalvageCommandTest {

    @TempDir
    Path folder;

    private Path damaged(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("damaged"), bytes);
    }

    private static byte[] sample() throws IOException {
        return Files.readAllBytes(Samples.unpack("6.1-d31"));
    }

    @Test
    void wholeDumpIsCopied() throws IOException {
        Path saved = folder.resolve("saved");
        Ran ran = Ran.inquest("dump", "salvage", Samples.unpack("6.1-d31").toString(), saved.toString());
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).endsWith("nothing is lost\n");
        assertThat(Files.mismatch(Samples.unpack("6.1-d31"), saved)).isEqualTo(-1);
    }

    @Test
    void cutDumpIsSavedAndVerifiesAsIncomplete() throws IOException {
        byte[] sample = sample();
        Path cut = damaged(Arrays.copyOf(sample, sample.length / 2));
        Path saved = folder.resolve("saved");
        Ran ran = Ran.inquest("dump", "salvage", cut.toString(), saved.toString());
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(ran.out()).contains("behind the end of the file").contains("pages are lost");
        assertThat(Ran.inquest("dump", "verify", saved.toString()).exitCode()).isEqualTo(ExitCode.INCOMPLETE);
    }

    /// Which frames the pages are of is told by the kernel's empty lists in them.
    @Test
    void dumpWithoutBitmap2IsSavedByTheContentsOfItsPages() throws IOException {
        byte[] sample = sample();
        Arrays.fill(sample, 24_576, 36_864, (byte) 0);
        Path saved = folder.resolve("saved");
        Ran ran = Ran.inquest("dump", "salvage", damaged(sample).toString(), saved.toString());
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(ran.out()).contains("bitmap 2 has lost 18,754 bits").contains("by the contents of pages");
        try (Dump whole = Dumps.open(List.of(Samples.unpack("6.1-d31")), Warnings.NONE);
                Dump dump = Dumps.open(List.of(saved), Warnings.NONE)) {
            assertThat(rightPages(whole, dump)).isGreaterThan(7_000);
        }
    }

    /// How many pages of the second dump can be read, each of which is that of the first.
    private static int rightPages(Dump whole, Dump saved) throws IOException {
        ByteBuffer expected = ByteBuffer.allocate(whole.memory().pageBytes());
        ByteBuffer found = ByteBuffer.allocate(whole.memory().pageBytes());
        PageState[] states = new PageState[1];
        int right = 0;
        for (long pfn = 0; pfn < whole.memory().endPfn(); pfn++) {
            saved.memory().readPages(pfn, 1, found.clear(), states);
            if (states[0].readable()) {
                whole.memory().readPages(pfn, 1, expected.clear(), states);
                assertThat(found.array()).as("page frame %d", pfn).isEqualTo(expected.array());
                right++;
            }
        }
        return right;
    }

    @Test
    void dumpOfWhichNothingIsLeftLeavesNoFile() throws IOException {
        Path saved = folder.resolve("saved");
        Ran cut = Ran.inquest(
                "dump", "salvage", damaged(Arrays.copyOf(sample(), 36_864)).toString(), saved.toString());
        assertThat(cut.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(cut.err()).contains("no page of it can be saved: 18,754 pages behind the end of the file");
        assertThat(saved).doesNotExist();
    }

    @Test
    void jsonHasRepairsAndLostFrames() throws IOException {
        byte[] sample = sample();
        Arrays.fill(sample, 424, 448, (byte) 0);
        Path saved = folder.resolve("saved");
        Ran ran = Ran.inquest("dump", "salvage", "--json", damaged(sample).toString(), saved.toString());
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).contains("were found from its tables").contains("\"lost\": 0");
    }

    @Test
    void missingOutputIsSaidInOurWords() {
        Ran ran = Ran.inquest("dump", "salvage", "D");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).startsWith("inquest: no file to write: give the dump, then the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"D", "-f"})
    void folderIsNoOutputWhateverIsForced(String word) {
        Ran ran = Ran.inquest("dump", "salvage", word, "D", folder.toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err())
                .isEqualTo("inquest: " + folder + ": is a directory; give the name of the file to write\n");
    }

    @Test
    void failuresAreJsonTooWhereThatIsAskedFor() throws IOException {
        Path none = Files.writeString(folder.resolve("none"), "no dump");
        Path saved = folder.resolve("saved");
        Ran ran = Ran.inquest("dump", "salvage", "--json", none.toString(), saved.toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out()).startsWith("{").contains("\"error\": \"" + none + ": ");
        assertThat(ran.err()).startsWith("inquest: " + none + ": ");
    }

    @Test
    void whatExistsIsNotReplacedUnlessAsked() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        String sample = Samples.unpack("6.1-d31").toString();
        Ran ran = Ran.inquest("dump", "salvage", sample, precious.toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(precious).hasContent("precious");
        Ran itself = Ran.inquest("dump", "salvage", "-f", precious.toString(), precious.toString());
        assertThat(itself.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(precious).hasContent("precious");
    }
}

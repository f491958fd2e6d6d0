package io.inquest.cli.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.ExitCode;
import io.inquest.cli.Ran;
import io.inquest.makedumpfile.MakedumpfileCommand;
import io.inquest.makedumpfile.Streams;
import io.inquest.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `inquest dump convert` and what `inquest dump verify` says of its results, whole and damaged.
final class VerifyAndConvertTest {

    @TempDir
    Path folder;

    private Path convert(String... options) throws IOException {
        Path out = folder.resolve("out");
        String[] words = new String[options.length + 5];
        words[0] = "dump";
        words[1] = "convert";
        words[2] = "-f";
        System.arraycopy(options, 0, words, 3, options.length);
        words[words.length - 2] = Samples.unpack("6.1-d31").toString();
        words[words.length - 1] = out.toString();
        Ran ran = Ran.inquest(words);
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).matches(Pattern.quote(out + ": ") + "[a-z -]+, [0-9,]+ bytes\n");
        return out;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--to=kdump --codec=zstd|kdump-compressed version 6",
                "--to=kdump --codec=none|kdump-compressed version 6",
                "--to=elf|ELF64",
                "--to=flattened-elf|flattened ELF64",
                "--to=flattened-kdump --codec=lzo|flattened kdump-compressed version 6",
            })
    void whatWasConvertedIsWholeAndOfTheOtherForm(String options, String format) throws IOException {
        Path out = convert(options.split(" "));
        assertThat(Ran.inquest("dump", "info", out.toString()).out())
                .contains(format)
                .contains("complete     yes");
        Ran verified = Ran.inquest("dump", "verify", out.toString());
        assertThat(verified.out()).startsWith("WHOLE: nothing is damaged\n");
        assertThat(verified.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void oneFlippedBitIsFoundByItsChecksum() throws IOException {
        Path out = convert("--codec=none");
        flipBitInTheMiddle(out);
        Ran verified = Ran.inquest("dump", "verify", out.toString());
        assertThat(verified.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(verified.out())
                .contains("does not have the checksum it was written with")
                .startsWith("DAMAGED, but every page can be read; something in the file is wrong\n");
    }

    @Test
    void checksumsOfAFlattenedFileAreCompared() throws IOException {
        Path out = convert("--to=flattened-kdump", "--codec=none");
        assertThat(Ran.inquest("dump", "verify", out.toString()).out()).contains(out + ": checksums hold");
        flipBitInTheMiddle(out);
        Ran verified = Ran.inquest("dump", "verify", out.toString());
        assertThat(verified.out()).contains("does not have the checksum it was written with");
        assertThat(verified.exitCode()).isEqualTo(ExitCode.DAMAGED);
    }

    @Test
    void checksumsOfEachPartOfASplitSetAreCompared() throws IOException {
        String one = folder.resolve("part1").toString();
        String two = folder.resolve("part2").toString();
        String sample = Samples.unpack("6.1-d31").toString();
        int split = makedumpfile("--split", "--splitblock-size", "1024", "-d", "31", sample, one, two);
        assertThat(split).isZero();
        assertThat(Ran.inquest("dump", "verify", one, two).out())
                .contains(one + ": checksums hold")
                .contains(two + ": checksums hold")
                .startsWith("WHOLE: nothing is damaged\n");
        flipBitInTheMiddle(Path.of(two));
        Ran verified = Ran.inquest("dump", "verify", two, one);
        assertThat(verified.out()).contains(one + ": checksums hold").contains(two + ": checksums do not hold");
        assertThat(verified.exitCode()).isEqualTo(ExitCode.DAMAGED);
    }

    private static int makedumpfile(String... words) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        return MakedumpfileCommand.run(words, new Streams(InputStream.nullInputStream(), told, told));
    }

    private static void flipBitInTheMiddle(Path dump) throws IOException {
        try (FileChannel file = FileChannel.open(dump, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = file.size() / 2;
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            file.write(one, at);
        }
    }

    @Test
    void aCutDumpIsSaidToBeIncomplete() throws IOException {
        Path out = convert("--codec=zlib");
        try (FileChannel file = FileChannel.open(out, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        Ran verified = Ran.inquest("dump", "verify", out.toString());
        assertThat(verified.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(verified.out()).contains("incomplete: ").contains("cannot be read, the first at page frame 0x");
    }

    @Test
    void dumpThatIsCutInsideItsTrailerIsFilteredAgainAsAWholeOne() throws IOException {
        Path out = convert("--codec=lzo");
        try (FileChannel file = FileChannel.open(out, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 100);
        }
        Ran verified = Ran.inquest("dump", "verify", out.toString());
        assertThat(verified.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(verified.out())
                .contains("inside the trailer that its notes announce")
                .startsWith("INCOMPLETE, but every page is there, and right as far as can be told\n");
        assertThat(Ran.inquest("dump", "info", out.toString()).out()).contains("complete     yes");
        Path again = folder.resolve("again");
        assertThat(makedumpfile("-l", "-d", "31", out.toString(), again.toString()))
                .isZero();
        assertThat(Ran.inquest("dump", "verify", again.toString()).exitCode()).isEqualTo(ExitCode.OK);
    }

    /// Half of the file is zeros, as a download leaves it that reserved the space of all.
    @Test
    void manyDamagedPagesAreToldInAFewLines() throws IOException {
        Path out = convert("--codec=lzo");
        try (FileChannel file = FileChannel.open(out, StandardOpenOption.WRITE)) {
            long size = file.size();
            file.truncate(size / 2);
            file.write(ByteBuffer.allocate(1), size - 1);
        }
        Ran verified = Ran.inquest("dump", "verify", out.toString());
        assertThat(verified.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(verified.out())
                .startsWith("DAMAGED\n")
                .contains("damaged: pages are there and cannot be read or unpacked: costs ")
                .contains("more like these, see --json")
                .contains("incomplete: from byte ")
                .contains(" on, where its notes announce a trailer, are zeros")
                .doesNotContain(out + ": the data of page frame")
                .endsWith("what is right of it can be saved: inquest dump salvage FILE NEW\n");
        assertThat(verified.out().lines().filter(line -> line.startsWith("damaged: ")))
                .hasSizeBetween(2, 6);
        assertThat(Ran.inquest("dump", "info", out.toString()).out()).contains("complete     NO");
    }

    @Test
    void whatExistsIsNotReplacedUnlessAsked() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Ran ran = Ran.inquest(
                "dump",
                "convert",
                "--to=flattened-kdump",
                Samples.unpack("6.1-d31").toString(),
                precious.toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains(precious + ": exists; --force replaces it");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void anElfCoreHasNoCodec() {
        Ran ran = Ran.inquest("dump", "convert", "--to=elf", "--codec=zlib", "in", "out");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("an ELF core has no compressed pages");
    }

    @Test
    void anExistingFileIsNotReplacedUnasked() throws IOException {
        Path out = Files.writeString(folder.resolve("out"), "precious");
        Ran ran = Ran.inquest("dump", "convert", Samples.unpack("6.1-d31").toString(), out.toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(out).content().isEqualTo("precious");
    }

    @Test
    void jsonNamesTheDamagedPlaceAndTheReason() throws IOException {
        Path out = convert("--codec=none");
        Ran whole = Ran.inquest("dump", "verify", "--json", out.toString());
        assertThat(whole.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(whole.out())
                .contains("\"whole\": true")
                .contains("\"state\": \"whole\"")
                .contains("\"checkedBy\": \"checksums\"")
                .contains("\"damage\": []");
        flipBitInTheMiddle(out);
        Ran damaged = Ran.inquest("dump", "verify", "--json", out.toString());
        assertThat(damaged.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(damaged.out())
                .contains("\"whole\": false")
                .contains("\"state\": \"damaged\"")
                .contains("\"offset\": ")
                .contains("does not have the checksum it was written with");
    }

    @Test
    void jsonOfACutDumpWithoutChecksumsNamesItsFirstLostPage() throws IOException {
        Path out = convert("--codec=zlib");
        try (FileChannel file = FileChannel.open(out, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        Ran cut = Ran.inquest("dump", "verify", "--json", out.toString());
        assertThat(cut.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(cut.out())
                .contains("\"complete\": false")
                .contains("\"checkedBy\": \"unpacking\"")
                .contains("\"state\": \"damaged\"")
                .contains("\"firstPfn\": ")
                .contains("pages cannot be read or unpacked");
    }

    @Test
    void conversionThatFailsIsToldInOneLineOfItsOwn() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense"), "no dump, but text of some length\n".repeat(400));
        String sample = Samples.unpack("6.1-d31").toString();
        String out = folder.resolve("new").toString();
        assertToldInOneLine(Ran.inquest("dump", "convert", nonsense.toString(), out));
        assertToldInOneLine(
                Ran.inquest("dump", "convert", folder.resolve("missing").toString(), out));
        assertToldInOneLine(Ran.inquest("dump", "convert", folder.toString(), out));
        assertToldInOneLine(Ran.inquest(
                "dump", "convert", sample, folder.resolve("no/folder").toString()));
    }

    private static void assertToldInOneLine(Ran failed) {
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err())
                .startsWith("inquest: ")
                .hasLineCount(1)
                .doesNotContain("makedumpfile")
                .doesNotContain("check_")
                .doesNotContain("open_dump");
    }
}

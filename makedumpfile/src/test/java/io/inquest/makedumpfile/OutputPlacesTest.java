package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Places that an output cannot go to are refused before anything is touched.
class OutputPlacesTest {

    @TempDir
    private Path folder;

    private byte[] core = {};
    private String input = "";

    @BeforeEach
    void makeInput() throws IOException {
        core = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("CORE", 1, new byte[336])
                .load(0, PagePattern.of(1, 64 * 4096))
                .build();
        input = Files.write(folder.resolve("vmcore"), core).toString();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void theInputAmongTheOutputsIsRefusedBeforeTheOthersAreMade() {
        CommandRun run = CommandRun.makedumpfile(
                "-f", "-d", "0", "--split", "--splitblock-size", "4", input, path("first"), input);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "open_dump_file: Can't open the dump file(" + input + "). " + input + ": is the input itself");
        assertThat(Path.of(input)).hasBinaryContent(core);
        assertThat(folder.resolve("first")).doesNotExist();
    }

    @Test
    void oneOutputNamedTwiceIsRefused() {
        CommandRun run = CommandRun.makedumpfile(
                "-f", "-d", "0", "--split", "--splitblock-size", "4", input, path("part"), folder + "/./part");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("makedumpfile: " + folder + "/./part is named for two outputs\n");
        assertThat(folder.resolve("part")).doesNotExist();
    }

    @Test
    void severalOutputsMayGoIntoADevice() {
        CommandRun run = CommandRun.makedumpfile(
                "-f", "-d", "0", "--split", "--splitblock-size", "4", input, "/dev/null", "/dev/null");
        assertThat(run.err()).doesNotContain("two outputs");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void partThatIsToBecomeTheWholeIsRefused() throws IOException {
        CommandRun split = CommandRun.makedumpfile(
                "-d", "0", "--split", "--splitblock-size", "4", input, path("one"), path("two"));
        assertThat(split.exitCode()).isZero();
        byte[] two = Files.readAllBytes(folder.resolve("two"));
        CommandRun run = CommandRun.makedumpfile("-f", "--reassemble", path("one"), path("two"), path("two"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("two: is the input itself");
        assertThat(folder.resolve("two")).hasBinaryContent(two);
    }

    /// Options that name a file to read, which is read whole and closed long before the output is made.
    @ParameterizedTest
    @ValueSource(strings = {"-i", "-x", "--config"})
    void filesThatOptionsNameAreInputsToo(String option) throws IOException {
        String named = Files.writeString(folder.resolve("named"), "OSRELEASE=6.1\nPAGESIZE=4096\n")
                .toString();
        CommandRun run = CommandRun.makedumpfile("-f", "-d", "0", option, named, input, named);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(named + ": is the input itself");
        assertThat(Path.of(named)).hasContent("OSRELEASE=6.1\nPAGESIZE=4096\n");
    }

    @Test
    void vmlinuxOfWhichVmcoreinfoIsMadeIsNotReplacedByIt() throws IOException {
        byte[] before = Files.readAllBytes(Path.of(input));
        CommandRun run = CommandRun.makedumpfile("-f", "-g", input, "-x", input);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(input + ": is the input itself");
        assertThat(Path.of(input)).hasBinaryContent(before);
    }

    @ParameterizedTest
    @EnumSource
    void placesThatNothingCanBeWrittenToAreRefusedBeforeTheWork(Place place) throws Exception {
        String output = place.make(folder).toString();
        CommandRun run = CommandRun.makedumpfile("-f", "--message-level", "31", "-d", "1", input, output);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("Can't open the dump file(" + output + "). ")
                .contains(place.reason);
        assertThat(run.out() + run.err()).doesNotContain("Checking for memory holes", "Excluding", "%");
    }

    enum Place {
        FIFO("is a pipe"),
        LINK("is a symbolic link"),
        FOLDER("Is a directory"),
        MISSING_FOLDER("No such file or directory"),
        FILE_AS_FOLDER("Not a directory"),
        FOLDER_THAT_TAKES_NO_FILES("Permission denied");

        private final String reason;

        Place(String reason) {
            this.reason = reason;
        }

        Path make(Path folder) throws IOException, InterruptedException {
            Path place = folder.resolve("place");
            return switch (this) {
                case FIFO -> fifo(place);
                case LINK -> Files.createSymbolicLink(place, folder.resolve("target"));
                case FOLDER -> Files.createDirectory(place);
                case MISSING_FOLDER -> place.resolve("file");
                case FILE_AS_FOLDER -> Files.createFile(place).resolve("file");
                case FOLDER_THAT_TAKES_NO_FILES -> {
                    Files.createDirectory(place, PosixFilePermissions.asFileAttribute(Set.of()));
                    assumeFalse(Files.isWritable(place), "root may write to any folder");
                    yield place.resolve("file");
                }
            };
        }
    }

    @Test
    void lineEndInANameEndsNoLineOfAMessage() {
        CommandRun run = CommandRun.makedumpfile("-d", "0", input, path("a\nb"));
        assertThat(run.out()).contains("The dumpfile is saved to " + folder + "/a\\x0ab.\n");
        CommandRun again = CommandRun.makedumpfile("-d", "0", input, path("a\nb"));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("(" + folder + "/a\\x0ab). File exists\n");
    }

    private static Path fifo(Path place) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", place.toString()).start().waitFor())
                .isZero();
        return place;
    }

    @Test
    void fifoTakesTheLogButNoFileThatIsWrittenAtOffsets() throws Exception {
        Path fifo = fifo(folder.resolve("fifo"));
        CommandRun refused = CommandRun.makedumpfile("-f", "-d", "0", input, fifo.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("fifo: is a pipe").contains("makedumpfile -F");
        Path copy = folder.resolve("copy");
        Process reader = new ProcessBuilder("cat", fifo.toString())
                .redirectOutput(copy.toFile())
                .start();
        String sample = Samples.unpack("6.1-d31").toString();
        CommandRun log = CommandRun.makedumpfile("-f", "--dump-dmesg", sample, fifo.toString());
        assertThat(log.exitCode()).as(log.err()).isZero();
        assertThat(reader.waitFor()).isZero();
        assertThat(copy).content().contains("Kernel panic");
    }
}

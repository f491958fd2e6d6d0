package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InquestCommandTest {

    @TempDir
    Path folder;

    @Test
    void everyMistakeIsOneLineAndWhereToReadOn() {
        Ran ran = Ran.inquest("dump", "inof");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).isEqualTo("""
                inquest: there is no command inof; did you mean info?
                Try: inquest dump --help
                """);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aMissingFileIsSaidInWords() {
        Ran ran = Ran.inquest("dump", "info", folder.resolve("absent").toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).isEqualTo("inquest: " + folder.resolve("absent") + ": there is no such file\n");
    }

    @Test
    void debugShowsWhereAnErrorArose() {
        Ran ran =
                Ran.inquest("dump", "info", "--debug", folder.resolve("absent").toString());
        assertThat(ran.err()).contains("there is no such file").contains("\tat ");
    }

    @Test
    void aFileNameCannotCommandTheTerminal() throws Exception {
        Path evil = Files.writeString(folder.resolve("a\u001b[2Jb"), "no dump");
        Ran ran = Ran.inquest("dump", "info", evil.toString());
        assertThat(ran.err()).contains("a\\x1b[2Jb").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump info", "dump verify", "dump salvage", "dmesg", "explain", "report"})
    void standardInputIsNoDump(String command) {
        Ran ran = Ran.inquest((command + " -").split(" "));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .isEqualTo("inquest: - is no file: dumps are not read from standard input; give the name of the file\n"
                        + "Try: inquest " + command + " --help\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump info", "dump verify"})
    @EnabledIfSystemProperty(named = "sun.jnu.encoding", matches = "UTF-8")
    void nameThatIsNotUtf8IsSaidToBe(String command) {
        Ran ran = Ran.inquest((command + " d\ufffdmp").split(" "));
        assertThat(ran.exitCode()).isNotZero();
        assertThat(ran.err())
                .contains("inquest: d\ufffdmp: the name is not UTF-8")
                .doesNotContain("Exception");
    }

    @Test
    void eachCommandHasHelp() {
        assertThat(Ran.inquest("dump", "info", "--help").out())
                .startsWith("Tells what a dump is")
                .contains("--json");
        assertThat(Ran.inquest("dump", "--help").out()).contains("info");
    }

    @Test
    void verboseVersionTellsWhatItRunsOn() {
        assertThat(Ran.inquest("--version", "--verbose").out())
                .startsWith("inquest ")
                .contains("Java");
    }
}

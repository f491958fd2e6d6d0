package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The launcher as users start it, on the runtime folder that the build has just made.
final class LauncherIT {

    private static final Path PROJECT = Launched.project();

    @TempDir
    Path elsewhere;

    @ParameterizedTest
    @CsvSource({
        "inquest, dump --help",
        "inquest, report SAMPLE",
        "bin/crash, SAMPLE",
        "bin/makedumpfile, -v",
        "bin/makedumpfile, -c -d 31 SAMPLE OUT",
        // A smaller heap than the one that the cache was made with.
        "bin/makedumpfile, --low-memory -z -d 31 SAMPLE OUT",
        "bin/makedumpfile, --dump-dmesg SAMPLE OUT",
        "bin/vmcore-dmesg, SAMPLE"
    })
    void startsFromTheAotCacheOfItsEntryPoint(String name, String arguments) throws Exception {
        // With AOTMode=on the JVM refuses to start without a cache that fits.
        Launched run = Launched.run(
                elsewhere,
                Map.of("INQUEST_JAVA_OPTIONS", "-XX:AOTMode=on -Xlog:aot=info:stderr"),
                command(name, arguments));
        assertThat(run.err()).contains("Using AOT-linked classes: true");
        assertThat(run.exitCode()).isZero();
    }

    private List<String> command(String name, String arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(PROJECT.resolve(name).toString()));
        for (String word : List.of(arguments.split(" "))) {
            words.add(
                    switch (word) {
                        case "SAMPLE" -> Samples.unpack("6.1-d31").toString();
                        case "OUT" -> elsewhere.resolve("out").toString();
                        default -> word;
                    });
        }
        return words;
    }

    @Test
    void askingForHelpStartsNoJvm() throws Exception {
        // A flag that no JVM accepts: whoever starts one fails.
        Map<String, String> noJvm = Map.of("INQUEST_JAVA_OPTIONS", "-XX:NoSuchFlag");
        for (String question : List.of("--help", "-h", "help", "--version", "-V")) {
            Launched run = Launched.run(
                    elsewhere, noJvm, List.of(PROJECT.resolve("inquest").toString(), question));
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsIgnoringCase("inquest");
        }
    }

    @Test
    void argumentsArriveUntouchedAndExitCodesComeBack() throws Exception {
        Launched run = Launched.run(
                elsewhere, PROJECT.resolve("inquest").toString(), "dump", "info", "no  *such $HOME\\n'file", "");
        assertThat(run.err()).contains("no  *such $HOME\\n'file: there is no such file");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    /// A capture kernel has no locale.
    @ParameterizedTest
    @CsvSource({"LC_ALL=C, makedumpfile --dump-dmesg", "LANG=POSIX, vmcore-dmesg", "LC_CTYPE=C, makedumpfile -d 31"})
    void namesOfFilesNeedNoLocale(String locale, String command) throws Exception {
        Files.createSymbolicLink(elsewhere.resolve("sample"), Samples.unpack("6.1-d31"));
        // The test itself may have no locale to name such a file in.
        String line = "unset LC_ALL LC_CTYPE LANG; o=$(printf '\\303\\274'); ln -s sample d$o; export " + locale + "; "
                + PROJECT + "/bin/" + command + (command.startsWith("v") ? " d$o >$o" : " d$o $o") + " && test -s $o";
        Launched run = Launched.run(elsewhere, "sh", "-c", line);
        assertThat(run.err()).doesNotContain("Exception");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void linksMayHaveAnyName() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("mkd"), PROJECT.resolve("bin/makedumpfile"));
        Launched linked = Launched.run(elsewhere, link.toString(), "-v");
        assertThat(linked)
                .isEqualTo(Launched.run(
                        elsewhere, PROJECT.resolve("bin/makedumpfile").toString(), "-v"));
        assertThat(linked.out() + linked.err()).contains("makedumpfile");
    }

    @Test
    void startsThroughALinkToALink() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("iq"), PROJECT.resolve("inquest"));
        Path linkToLink = Files.createSymbolicLink(elsewhere.resolve("another"), link.getFileName());
        Launched direct = Launched.run(elsewhere, PROJECT.resolve("inquest").toString(), "--version");
        Launched linked = Launched.run(elsewhere, linkToLink.toString(), "--version");
        assertThat(linked).isEqualTo(direct);
        assertThat(direct.exitCode()).isZero();
    }

    @Test
    void startsByARelativePath() throws Exception {
        Launched run = Launched.run(PROJECT.resolve("cli/src"), "../../inquest", "--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("inquest ");
    }
}

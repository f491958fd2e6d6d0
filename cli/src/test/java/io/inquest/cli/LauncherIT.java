package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
    @CsvSource({"inquest, --version"})
    void startsFromTheAotCacheOfItsEntryPoint(String name, String argument) throws Exception {
        // With AOTMode=on the JVM refuses to start without a cache that fits.
        Launched run = Launched.run(
                elsewhere,
                Map.of("INQUEST_JAVA_OPTIONS", "-XX:AOTMode=on -Xlog:aot=info:stderr"),
                List.of(PROJECT.resolve(name).toString(), argument));
        assertThat(run.err()).contains("Using AOT-linked classes: true");
        assertThat(run.exitCode()).isZero();
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

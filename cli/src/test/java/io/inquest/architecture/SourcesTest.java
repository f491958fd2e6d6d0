package io.inquest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules that are about the text of the sources.
final class SourcesTest {

    private static final int MOST_LINES = 600;
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void filesStayShortEnoughToRead() throws IOException {
        for (Path source : javaSources()) {
            assertThat(Files.readAllLines(source)).as("lines of " + source).hasSizeLessThanOrEqualTo(MOST_LINES);
        }
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() throws IOException {
        for (Path source : javaSources()) {
            if (source.toString().contains("/src/main/") && !source.endsWith("module-info.java")) {
                Path description = source.resolveSibling("package-info.java");
                assertThat(description).exists();
                assertThat(Files.readString(description)).contains("///").contains("@NullMarked");
            }
        }
    }

    private static List<Path> javaSources() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !PROJECT.relativize(file).toString().contains("target/"))
                    .toList();
            assertThat(sources).isNotEmpty();
            return sources;
        }
    }
}

package io.inquest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

    /// `OwnerFile` makes what memory of a machine goes to. Others write what anybody may read: an index of type names,
    /// in
    /// a folder of the user's cache; manual pages, while building; standard output and error.
    @Test
    void filesAreMadeInOnePlace() throws IOException {
        Set<String> others =
                Set.of("OwnerFile.java", "IndexFolder.java", "Documents.java", "Main.java", "Streams.java");
        for (Path source : javaSources()) {
            boolean shipped = source.toString().contains("/src/main/")
                    && Stream.of("testkit", "benchmarks", "fuzz").noneMatch(PROJECT.relativize(source)::startsWith);
            if (shipped && !others.contains(source.getFileName().toString())) {
                assertThat(Files.readString(source))
                        .as(source + " makes a file without OwnerFile")
                        .doesNotContain(
                                "Files.newOutputStream",
                                "Files.newBufferedWriter",
                                "Files.write",
                                "Files.createFile",
                                "Files.createTemp",
                                "FileOutputStream(",
                                "FileWriter(",
                                "RandomAccessFile(",
                                "StandardOpenOption.WRITE",
                                "StandardOpenOption.CREATE",
                                "StandardOpenOption.APPEND");
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

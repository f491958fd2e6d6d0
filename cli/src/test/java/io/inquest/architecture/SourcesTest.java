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

    /// `OwnerFile` makes what memory of a machine goes to. Others write what anybody may read: an index of
    /// type names, in a folder of the user's cache; manual pages, while building; standard output and
    /// error.
    @Test
    void filesAreMadeInOnePlace() throws IOException {
        Set<String> others =
                Set.of("OwnerFile.java", "IndexFolder.java", "Documents.java", "Main.java", "Streams.java");
        for (Path source : javaSources()) {
            if (isShipped(source) && !others.contains(source.getFileName().toString())) {
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

    /// Whoever reads a file tells [io.inquest.dump.io.InputFiles], so that no command writes to it. Others
    /// read what the system tells and indexes of our own, or look at the start of what is opened later.
    @Test
    void filesAreReadWhereTheirReadersAreKnown() throws IOException {
        Set<String> others = Set.of(
                "FileSpace.java",
                "HostFiles.java",
                "HostWord.java",
                "IndexFolder.java",
                "KernelImage.java",
                "Measuring.java",
                "MemoryBudget.java",
                "ProcessorTime.java");
        // Files that options name, told by OutputFiles.
        Set<String> told = Set.of("KernelAccess.java", "EraseConfigFile.java");
        for (Path source : javaSources()) {
            String name = source.getFileName().toString();
            if (isShipped(source) && !others.contains(name) && !told.contains(name)) {
                String text = Files.readString(source);
                boolean reads = Stream.of(
                                "Files.newInputStream(",
                                "Files.newBufferedReader(",
                                "Files.newByteChannel(",
                                "Files.read",
                                "Files.lines(",
                                "FileInputStream(Path",
                                "StandardOpenOption.READ")
                        .anyMatch(way -> text.replace("Files.readAttributes", "")
                                .replace("Files.readSymbolicLink", "")
                                .contains(way));
                assertThat(!reads || text.contains("InputFiles.add"))
                        .as(source + " reads a file and does not tell InputFiles")
                        .isTrue();
            }
        }
    }

    private static boolean isShipped(Path source) {
        return source.toString().contains("/src/main/")
                && Stream.of("testkit", "benchmarks", "fuzz").noneMatch(PROJECT.relativize(source)::startsWith);
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

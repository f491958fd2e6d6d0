package io.inquest.kdump.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramFilesTest {

    @TempDir
    private Path folder;

    private static List<String> files(Archive archive) {
        return archive.sorted().stream()
                .filter(entry -> entry.getValue() instanceof Entry.RegularFile)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void aScriptBringsItsInterpreterWithLoaderAndLibraries() throws IOException {
        assumeTrue(Files.exists(Path.of("/bin/sh")), "no shell on this machine");
        Path script = Files.writeString(folder.resolve("hook"), "#! /bin/sh -e\nexit 0\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Archive archive = new Archive();

        new ProgramFiles(archive).add(script.toString());

        assertThat(files(archive))
                .contains(script.toString().substring(1), "bin/sh")
                .anyMatch(name -> name.contains("libc.") || name.contains("libc-"))
                .anyMatch(name -> name.substring(name.lastIndexOf('/') + 1).startsWith("ld-"));
    }

    @Test
    void whatIsNoProgramIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "not executable");

        for (String path : List.of(
                text.toString(), folder.toString(), folder.resolve("none").toString(), "sh")) {
            assertThatThrownBy(() -> new ProgramFiles(new Archive()).add(path))
                    .hasMessage(path
                            + ": is no program of this machine; hooks and extra_bins are given by their whole paths");
        }
    }
}

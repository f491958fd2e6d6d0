package io.inquest.dump.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

final class GivenNameTest {

    @TempDir
    private Path folder;

    @Test
    void nameIsThatOfTheFileWhetherItIsThereOrNot() throws IOException {
        assertThat(GivenName.path(folder + "/there")).isEqualTo(folder.resolve("there"));
    }

    @Test
    @EnabledIfSystemProperty(named = "sun.jnu.encoding", matches = "UTF-8")
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> GivenName.path(folder + "/d\ufffdmp"))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith(folder + "/d\ufffdmp: the name is not UTF-8")
                .hasMessageContaining("/dev/fd/3");
    }

    @Test
    @EnabledIfSystemProperty(named = "sun.jnu.encoding", matches = "UTF-8")
    void fileThatReallyHasThatCharacterIsFound() throws IOException {
        Path file = Files.createFile(folder.resolve("d\ufffdmp"));
        assertThat(GivenName.path(file.toString())).isEqualTo(file);
    }

    @Test
    void nameThatNoFileCanHaveIsRefused() {
        assertThatThrownBy(() -> GivenName.path("a\0b"))
                .isInstanceOf(DumpException.class)
                .hasMessage("a\0b: no file has a NUL character in its name");
    }
}

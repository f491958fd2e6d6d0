package io.inquest.dump.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest extends ByteSourceContract {

    @TempDir
    private Path folder;

    @Override
    protected ByteSource open() throws IOException {
        return FileSource.open(Files.write(folder.resolve("file"), CONTENTS));
    }

    @Test
    void emptyFileHasNoBytes() throws IOException {
        try (ByteSource source = FileSource.open(Files.createFile(folder.resolve("empty")))) {
            assertThat(source.size()).isZero();
            assertThat(source.read(0, ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void fileOfProcThatSaysItIsEmptyCanBeRead() throws IOException {
        try (ByteSource source = FileSource.open(Path.of("/proc/self/status"))) {
            ByteBuffer start = ByteBuffer.allocate(5);
            source.readFully(0, start);
            assertThat(new String(start.array(), StandardCharsets.US_ASCII)).isEqualTo("Name:");
            assertThat(source.read(1 << 30, ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void characterDeviceCanBeRead() throws IOException {
        try (ByteSource source = FileSource.open(Path.of("/dev/zero"))) {
            ByteBuffer target = ByteBuffer.allocate(3 << 20);
            source.readFully(1L << 40, target);
            assertThat(target.hasRemaining()).isFalse();
        }
    }

    /// Without waiting for one who writes to it.
    @Test
    void pipeIsRefusedWithWhatToDo() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> FileSource.open(pipe))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith(pipe + ": is a pipe")
                .hasMessageContaining("makedumpfile -R");
    }

    @Test
    void missingFileIsToldAtOnce() {
        assertThatThrownBy(() -> FileSource.open(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}

package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {

    @TempDir
    private Path folder;

    /// Else the next attempt would make a file of that name, in the memory of the capture kernel.
    @Test
    void anEarlierAttemptsDeviceOrFifoStays() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        OutputFiles.delete(fifo.toString());

        assertThat(fifo).exists();
    }

    @Test
    void anEarlierAttemptsFileIsRemovedIfThereIsOne() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        OutputFiles.delete(file.toString());
        OutputFiles.delete(file.toString());

        assertThat(file).doesNotExist();
    }
}

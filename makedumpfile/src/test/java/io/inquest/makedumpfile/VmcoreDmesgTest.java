package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The exit codes of vmcore-dmesg 2.0.32.
class VmcoreDmesgTest {

    @TempDir
    private Path directory;

    @Test
    void oneFileIsNeeded() {
        assertThat(CommandRun.vmcoreDmesg().err()).isEqualTo("usage: vmcore-dmesg <kernel core file>\n");
        assertThat(CommandRun.vmcoreDmesg().exitCode()).isEqualTo(1);
        assertThat(CommandRun.vmcoreDmesg("A", "B").exitCode()).isEqualTo(1);
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        CommandRun run = CommandRun.vmcoreDmesg(directory.resolve("nowhere").toString());

        assertThat(run.err())
                .isEqualTo("Cannot open " + directory.resolve("nowhere") + ": No such file or directory\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void fileThatIsNoDumpHasItsOwnExitCode() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no dump");

        assertThat(CommandRun.vmcoreDmesg(text.toString()).exitCode()).isEqualTo(4);
    }

    @Test
    void readerThatLeavesEndsItWithoutAWord() throws IOException, InterruptedException {
        OutputStream pipe = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String sample = Samples.unpack("6.1-d31").toString();

        int exitCode =
                VmcoreDmesgCommand.run(new String[] {sample}, new Streams(InputStream.nullInputStream(), pipe, err));

        assertThat(exitCode).isEqualTo(128 + 13);
        assertThat(err.size()).isZero();
    }

    @Test
    void dumpWithoutVmcoreinfoHasNoLog() throws IOException {
        CommandRun run = CommandRun.vmcoreDmesg(SyntheticCore.write(directory).toString());

        assertThat(run.err()).contains("no vmcoreinfo");
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.out()).isEmpty();
    }
}

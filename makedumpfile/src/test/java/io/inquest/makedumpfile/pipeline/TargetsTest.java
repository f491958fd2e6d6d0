package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.WriteBehindSink;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.makedumpfile.option.Options;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {

    @TempDir
    private Path folder;

    private static boolean isTimed(OutputStream stdout, String... line) throws Exception {
        Options options = CommandLine.parse(line);
        try (Targets targets = Targets.open(options, options.outputs(), stdout, 0)) {
            ByteSink sink = targets.sinks().getFirst();
            return sink instanceof WriteBehindSink;
        }
    }

    @Test
    void whatIsWrittenToAFileIsTimedForAdaptive() throws Exception {
        OutputStream nowhere = OutputStream.nullOutputStream();
        String file = folder.resolve("file").toString();
        assertThat(isTimed(nowhere, "-l", "--adaptive", "vmcore", file)).isTrue();
        assertThat(isTimed(nowhere, "-f", "-l", "vmcore", file)).isFalse();
        assertThat(isTimed(nowhere, "-f", "-l", "--adaptive", "vmcore", "/dev/null"))
                .isFalse();
    }

    @Test
    void aStreamIsTimedIfItGoesIntoAFile() throws Exception {
        String[] line = {"-F", "-l", "--adaptive", "vmcore"};
        Path file = folder.resolve("stream");
        try (OutputStream stdout = new FileOutputStream(file.toFile())) {
            assertThat(isTimed(stdout, line)).isTrue();
        }
        assertThat(isTimed(new ByteArrayOutputStream(), line)).isFalse();
        try (OutputStream pipe = new FileOutputStream("/dev/null")) {
            assertThat(isTimed(pipe, line)).isFalse();
        }
    }

    @Test
    void partsOfASplitSetAreAllMade() throws Exception {
        Options options = CommandLine.parse(new String[] {
            "--split",
            "-l",
            "vmcore",
            folder.resolve("one").toString(),
            folder.resolve("two").toString()
        });
        try (Targets targets = Targets.open(options, options.outputs(), OutputStream.nullOutputStream(), 0)) {
            assertThat(targets.sinks()).hasSize(2);
        }
        assertThat(List.of(folder.resolve("one"), folder.resolve("two")))
                .allSatisfy(each -> assertThat(each).exists());
    }
}

package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run that is asked to end leaves its output in order.
class StoppingTest {

    private static final int PAGES = 512;

    @TempDir
    private Path directory;

    /// Calls back when the progress line is first written, between the filter and the first page.
    private static final class FirstWrite extends OutputStream {

        private final List<Runnable> actions = new ArrayList<>();

        @Override
        public void write(int b) {
            actions.forEach(Runnable::run);
            actions.clear();
        }
    }

    private Run stoppingRun(OutputStream stdout, String... words) throws Exception {
        Path core = directory.resolve("vmcore");
        Files.write(
                core,
                ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                        .note("CORE", 1, new byte[336])
                        .load(0, PagePattern.of(7, PAGES * 4096))
                        .build());
        List<String> all = new ArrayList<>(List.of(words));
        all.add(1, core.toString());
        FirstWrite err = new FirstWrite();
        var options = CommandLine.parse(all.toArray(String[]::new));
        InputStream stdin = new ByteArrayInputStream(new byte[0]);
        Run run = new Run(options, stdin, stdout, new Messages(stdout, err, 1, true));
        err.actions.add(run::stop);
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c", "-E"})
    void fileSaysThatItIsIncomplete(String format) throws Exception {
        Path out = directory.resolve("out");
        Run run = stoppingRun(OutputStream.nullOutputStream(), format, out.toString());

        assertThatThrownBy(() -> new Creation(run).create())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("interrupted");

        if (Files.exists(out)) {
            try (Dump dump = Dumps.open(List.of(out), Warnings.NONE)) {
                assertThat(dump.completeness().complete()).isFalse();
            }
        }
    }

    @Test
    void nothingIsLeftRunning() throws Exception {
        Run run = stoppingRun(
                new ByteArrayOutputStream(), "-c", directory.resolve("out").toString());

        assertThatThrownBy(() -> new Creation(run).create()).isInstanceOf(CommandFailure.class);

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("pages-"));
    }
}

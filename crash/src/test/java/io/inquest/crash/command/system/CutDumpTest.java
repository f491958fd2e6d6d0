package io.inquest.crash.command.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sys` of a dump that ends in the middle of the kernel's data.
final class CutDumpTest {

    /// Behind it lie the root of the page tables, the log, the per-CPU offsets and the kernel's own name.
    private static final int KEPT_BYTES = 120_000_000;

    @TempDir
    private Path folder;

    private Path cutSample() throws IOException {
        try (InputStream whole = Files.newInputStream(Samples.unpack("6.12-d1"))) {
            return Files.write(folder.resolve("cut"), whole.readNBytes(KEPT_BYTES));
        }
    }

    @Test
    void sysTellsWhatTheHeaderAndTheNoteKnowAndNamesTheRest() throws IOException {
        try (Kernel kernel = Kernel.open(cutSample())) {
            Session session = new Session(kernel, new Sources(List.of("cut"), Optional.empty()));
            Asked asked = Asked.of(session, "sys");

            assertThat(asked.out())
                    .contains("DUMPFILE: cut  [PARTIAL DUMP]  [INCOMPLETE]\n")
                    .contains("        CPUS: (unknown)\n")
                    .contains("        DATE: Sat Nov 21 08:23:50 UTC 2026\n")
                    .contains("       TASKS: (unknown)\n")
                    .contains("     RELEASE: 6.12.107+deb13-cloud-amd64\n")
                    .contains("      MEMORY: (unknown)\n");
            assertThat(asked.err().lines())
                    .hasSizeBetween(1, 6)
                    .allMatch(line -> line.startsWith("sys: "))
                    .anyMatch(line -> line.contains("is lost: the dump is incomplete or damaged there"));
            assertThat(asked.exitCode()).isEqualTo(4);
        }
    }
}

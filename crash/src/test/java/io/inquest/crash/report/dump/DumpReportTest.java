package io.inquest.crash.report.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.AnnotatedFrame;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Report;
import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports of the bundled dumps, whose kernels died of a request by sysrq.
final class DumpReportTest {

    private static Report report(String sample) throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            return DumpReport.of(kernel);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void theCauseTheStackAndTheMemoryComeOutOfTheDump(String sample) throws IOException {
        Report report = report(sample);
        assertThat(report.missing()).isEmpty();
        assertThat(report.cause().orElseThrow().kind()).isEqualTo(DeathKind.SYSRQ);
        assertThat(report.panic().orElseThrow().text()).isEqualTo("Kernel panic - not syncing: sysrq triggered crash");
        assertThat(report.backtraces().getFirst().title()).isEqualTo("Where it happened");
        assertThat(functions(report)).contains("panic", "sysrq_handle_crash", "vfs_write");
        assertThat(report.system()).extracting(Fact::name).contains("kernel", "host", "had run", "command line");
        assertThat(report.memory()).extracting(Fact::name).startsWith("total", "free");
        assertThat(report.modules()).isNotEmpty();
    }

    private static List<String> functions(Report report) {
        return report.backtraces().getFirst().frames().stream()
                .map(AnnotatedFrame::frame)
                .map(frame -> frame.function())
                .toList();
    }

    @Test
    void theOtherCpusAreThere() throws IOException {
        assertThat(report("6.12-d1").backtraces())
                .anyMatch(backtrace -> backtrace.title().startsWith("CPU "));
    }

    @Test
    void theDyingCpusStackIsNamedByItsTask() throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack("6.12-d1"))) {
            assertThat(new DeadMachine(kernel).stack())
                    .singleElement()
                    .satisfies(stack -> assertThat(stack.title())
                            .startsWith("Stack of CPU ")
                            .contains(": init (pid 1)"));
        }
    }
}

package io.inquest.crash.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.log.LogLines;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What log and memory say together.
final class InquestTest {

    private static final String HUNG = """
        INFO: task writer:11 blocked for more than 120 seconds.
        Call Trace:
         __schedule+0x1/0x2
         mutex_lock+0x1/0x2
         take_both+0x1/0x2
        INFO: task writer:11 is blocked on a mutex likely owned by task reader:12.
        INFO: task reader:12 blocked for more than 120 seconds.
        Call Trace:
         __schedule+0x1/0x2
         mutex_lock+0x1/0x2
         take_other+0x1/0x2
        INFO: task reader:12 is blocked on a mutex likely owned by task writer:11.
        Kernel panic - not syncing: hung_task: blocked tasks
        """;

    private static final String OOPS = """
        BUG: kernel NULL pointer dereference, address: 0000000000000008
        RIP: 0010:victim+0x1/0x2
        Call Trace:
         caller+0x1/0x2
        """;

    private static AnnotatedFrame frame(String function) {
        return new AnnotatedFrame(CallFrame.named(function), false, "");
    }

    private static DumpFacts withStack(String... functions) {
        Backtrace stack = new Backtrace(
                "Stack of CPU 0", Stream.of(functions).map(InquestTest::frame).toList(), "");
        return new DumpFacts(
                Optional.of(new Victim("worker", OptionalInt.of(5), OptionalInt.of(0))),
                List.of(stack),
                List.of(),
                DeadCode.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void tasksThatWaitForEachOtherAreADeadlock() {
        Report report = Inquest.of("log", LogLines.of(HUNG));
        assertThat(report.cause().orElseThrow().sentence())
                .isEqualTo("Deadlock: writer (pid 11) and reader (pid 12) have waited for each other"
                        + " for more than 120 s in take_both");
        assertThat(report.blocked())
                .extracting(BlockedTask::holder)
                .containsExactly(OptionalInt.of(12), OptionalInt.of(11));
    }

    @Test
    void withoutALogTheStackNamesTheDeath() {
        Report report = Inquest.of("dump", List.of(), withStack("panic", "mutex_lock", "frobnicate", "kthread"));
        assertThat(report.cause().orElseThrow().kind()).isEqualTo(DeathKind.UNKNOWN);
        assertThat(report.cause().orElseThrow().sentence())
                .isEqualTo("The kernel died in frobnicate, running task worker (pid 5) on CPU 0; its log does not tell"
                        + " why");
        assertThat(report.backtraces().getFirst().frames().get(2).primary()).isTrue();
    }

    @Test
    void aRequestIsSeenOnTheStack() {
        Report report = Inquest.of("dump", List.of(), withStack("panic", "sysrq_handle_crash", "vfs_write"));
        assertThat(report.cause().orElseThrow().kind()).isEqualTo(DeathKind.SYSRQ);
    }

    @Test
    void whereTheDumpHasTheLogsStackTheDumpsIsShown() {
        Report report = Inquest.of("dump", LogLines.of(OOPS), withStack("victim", "caller", "outer"));
        assertThat(report.backtraces()).hasSize(1);
        assertThat(report.backtraces().getFirst().frames()).hasSize(3);
    }

    @Test
    void anotherStackIsShownBesideTheLogs() {
        Report report = Inquest.of("dump", LogLines.of(OOPS), withStack("idle", "start_secondary"));
        assertThat(report.backtraces())
                .extracting(Backtrace::title)
                .containsExactly("Where it happened, as the log has it", "Stack of CPU 0");
    }
}

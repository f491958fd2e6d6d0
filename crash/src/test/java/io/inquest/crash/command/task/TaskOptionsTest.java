package io.inquest.crash.command.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.ExitCode;
import io.inquest.crash.result.Ending;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options of the commands about tasks, and the session's variables. The words of `set` are those that crash
/// 9.0.2 said.
final class TaskOptionsTest {

    private static final String SAMPLE = "6.12-d1";

    private static String answer(String commandLine) {
        Asked asked = Asked.of(SAMPLE, commandLine);
        assertThat(asked.err()).as(commandLine).isEmpty();
        return asked.out();
    }

    @Test
    void aTaskOnACpuHasNoSavedStackPointer() {
        assertThat(answer("ps -s -H 1")).startsWith(">       1       0   0         --         RU ");
        assertThat(answer("ps -s -H 2")).startsWith("        2       0   1  ffffd306c001bde8  IN ");
        assertThat(answer("ps --json 1")).doesNotContain("stackPointer");
    }

    @Test
    void aProcessOfOneThreadSaysSo() {
        assertThat(answer("ps -g 1").lines().skip(1)).containsExactly("  (no threads)", "");
        assertThat(answer("ps -g 244")).doesNotContain("(no threads)");
    }

    @Test
    void ofManyLostTasksOneSentenceTells() {
        Ending ending = Ending.COMPLETE;
        for (int i = 0; i < 35; i++) {
            ending = ending.and(Ending.lostTask("task " + i, new MemoryFault(i, PageState.EXCLUDED, "page " + i)));
        }
        assertThat(ending.and(Ending.incomplete("and more")).missing())
                .containsExactly(
                        "and more", "35 tasks cannot be read as a whole; the first: task 0 cannot be read: page 0");
        assertThat(ending.isComplete()).isFalse();
    }

    @Test
    void runqShowsTheSameTasksByGroups() {
        String queues = answer("runq");
        String groups = answer("runq -g");
        assertThat(groups)
                .startsWith("CPU 0\n  CURRENT: PID: 1  ")
                .contains("  ROOT_TASK_GROUP: " + Long.toHexString(Asked.kernelSymbol(SAMPLE, "root_task_group"))
                        + "  CFS_RQ: ");
        List<String> waiting = queues.lines()
                .filter(line -> line.startsWith("     [") && !line.contains("no tasks"))
                .toList();
        assertThat(groups.lines()).containsAll(waiting);
        assertThat(groups.lines().filter(line -> line.endsWith(" [CURRENT]"))).hasSize(2);
        assertThat(answer("runq -g -c 1")).startsWith("CPU 1\n").doesNotContain("CPU 0");
        assertThat(answer("runq -g --json")).contains("\"complete\": true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "set radix = output radix: 10 (decimal)",
                "set radix 16 = output radix: 16 (hex)",
                "set hex = output radix: 16 (hex)",
                "set refresh = refresh: on",
                "set print_max = print_max: 256",
                "set print_max 100 = print_max: 100",
                "set print_array = print_array: off",
                "set console = console: not set",
                "set debug = debug: 0",
                "set core = core: off (do NOT drop core on error message)",
                "set hash = hash: on",
                "set zero_excluded = zero_excluded: off",
                "set null-stop = null-stop: off",
                "set null-stop on = null-stop: on",
                "set gdb = gdb: off",
                "set scope = scope: 0 (not set)",
                "set redzone = redzone: on",
                "set error = error: default"
            })
    void variablesAreSaidAsCrashSaysThem(String commandLine, String expected) {
        assertThat(answer(commandLine)).isEqualTo(expected + "\n");
    }

    @Test
    void variablesChangeWhatTheyAreFor() {
        Session session = new Session(Asked.kernel(SAMPLE), new Sources(List.of("vmcore"), Optional.empty()));
        assertThat(Asked.of(session, "set null-stop on", "p init_task.comm").out())
                .endsWith(" = \"swapper/0\"\n");
        assertThat(Asked.of(session, "set print_max 2 null-stop off", "p init_task.comm")
                        .out())
                .endsWith(" = \"sw\"...\n");
        assertThat(Asked.of(session, "set refresh off").out())
                .isEqualTo("refresh: off\n  (accepted as in crash; the tasks of a dead kernel do not change)\n");
        assertThat(Asked.of(session, "set scope schedule").out()).contains(" (schedule)\n");
        assertThat(Asked.of(session, "set -v").out())
                .contains("     print_max: 2\n")
                .contains("      dumpfile: vmcore\n");
    }

    @ParameterizedTest
    @CsvSource({"set radix 12", "set scroll maybe", "set print_max x", "set nosuch", "set -a nosuch"})
    void wrongValuesAreRefused(String commandLine) {
        assertThat(Asked.of(SAMPLE, commandLine).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}

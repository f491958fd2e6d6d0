package io.inquest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.command.AllCommands;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands about the system, tasks and stacks, on a bundled dump.
final class CommandsTest {

    private static final String SAMPLE = "6.12-d1";

    private static String answer(String commandLine) {
        Asked asked = Asked.of(SAMPLE, commandLine);
        assertThat(asked.err()).as(commandLine).isEmpty();
        assertThat(asked.exitCode()).as(commandLine).isEqualTo(ExitCode.OK);
        return asked.out();
    }

    @Test
    void theCurrentTaskIsTheOneThatDied() {
        assertThat(answer("set")).isEqualTo("""
                    PID: 1
                COMMAND: "init"
                   TASK: ffff8e730123a100  [THREAD_INFO: ffff8e730123a100]
                    CPU: 0
                  STATE: TASK_RUNNING (PANIC)
                """);
        assertThat(answer("bt")).isEqualTo(answer("bt 1")).isEqualTo(answer("bt -p"));
    }

    @Test
    void anotherTaskBecomesTheCurrentOne() {
        Session session = new Session(Asked.kernel(SAMPLE), new Sources(List.of("vmcore"), Optional.empty()));
        Asked.of(session, "set 246");
        assertThat(Asked.of(session, "bt").out()).startsWith("PID: 246 ");
        Asked.of(session, "set -c 1");
        assertThat(Asked.of(session, "bt").out()).startsWith("PID: 247 ");
        Asked.of(session, "set -p");
        assertThat(Asked.of(session, "bt").out()).startsWith("PID: 1 ");
        assertThat(Asked.of(session, "set 99999").err()).isEqualTo("set: invalid task or pid value: 99999\n");
    }

    @Test
    void tasksAreMeantByNumberAddressNameOrPattern() {
        assertThat(answer("ps -H 246").lines()).hasSize(1);
        assertThat(answer("ps -H ffff8e730227c200")).isEqualTo(answer("ps -H 246"));
        assertThat(answer("ps -H iq-busy")).isEqualTo(answer("ps -H 246"));
        assertThat(answer("ps -H '^iq-b.*y$'")).isEqualTo(answer("ps -H 246"));
        assertThat(answer("ps -H 'kworker/1'").lines()).isNotEmpty().allMatch(line -> line.contains("kworker/1:"));
    }

    @Test
    void psFiltersTasks() {
        assertThat(answer("ps -A -H").lines()).hasSize(2).allMatch(line -> line.startsWith(">"));
        assertThat(answer("ps -u -H").lines()).allMatch(line -> !line.endsWith("]"));
        assertThat(answer("ps -S")).contains("  ZO: 1\n").contains("  ST: 1\n");
    }

    @Test
    void psTellsWhoStartedWhom() {
        assertThat(answer("ps -p 254"))
                .contains("\n PID: 1 ")
                .contains("\n  PID: 235 ")
                .contains("\n   PID: 254 ");
        assertThat(answer("ps -c 235")).startsWith("PID: 235 ").contains("\n  PID: 246 ");
        assertThat(answer("ps -g 254")).startsWith("PID: 244 ").contains("\n  PID: 254 ");
    }

    @Test
    void psTellsWhenTasksRan() {
        assertThat(answer("ps -t 1")).startsWith("PID: 1 ").contains("    RUN TIME: 00:00:1");
        assertThat(answer("ps -m").lines().findFirst().orElseThrow()).startsWith("[0 00:00:00.0");
        assertThat(answer("ps -l -C 1")).startsWith("CPU: 1\n[");
        assertThat(Asked.of(SAMPLE, "ps -C 0").err()).isEqualTo("ps: -C option is only applicable with -l and -m\n");
    }

    @Test
    void psShowsLimitsAndArguments() {
        assertThat(answer("ps -r 1")).contains("       STACK     8388608     (unlimited)");
        assertThat(answer("ps -a iq-args")).contains("ARG: ");
    }

    @Test
    void foreachRunsACommandForEachTask() {
        assertThat(answer("foreach ST bt")).startsWith("PID: 249 ");
        assertThat(answer("foreach 1 246 set").lines().filter(line -> line.startsWith("PID: ")))
                .hasSize(2);
        assertThat(answer("foreach active bt")).isEqualTo(answer("bt 1 247"));
        assertThat(Asked.of(SAMPLE, "foreach sys").err()).startsWith("foreach: no command that is about tasks");
    }

    @Test
    void jsonHasFieldsWhereTheTextHasLines() {
        assertThat(answer("kmem init_task --json"))
                .contains("\"symbol\": \"init_task\"", "\"type\": \"D\"", "\"offset\": 0")
                .doesNotContain("\"text\"");
        assertThat(answer("mod --json")).contains("\"objectFile\": null");
        assertThat(answer("eval 10 --json")).contains("\"decimal\": 10,", "\"signed\": 10");
        assertThat(answer("eval -1 --json")).contains("\"decimal\": \"18446744073709551615\"", "\"signed\": -1");
    }

    @Test
    void btShowsWordsAndDistances() {
        assertThat(answer("bt -s 2")).contains("] kthreadd+").contains("] ret_from_fork_asm+26 at ");
        assertThat(answer("bt -sx 2")).contains("] ret_from_fork_asm+0x1a at ");
        assertThat(answer("bt -f 2")).contains("    ffffd306c001bea8: ");
        assertThat(answer("bt -F 2")).contains(" ret_from_fork+");
        assertThat(answer("bt -t 2")).contains("START: __schedule at ");
        assertThat(answer("bt -e 1")).contains("USER-MODE EXCEPTION FRAME");
        assertThat(answer("bt -v")).isEqualTo("No stack overflows detected\n");
        assertThat(answer("foreach bt -R do_nanosleep"))
                .contains("do_nanosleep")
                .doesNotContain("kthreadd");
    }

    @Test
    void stacksOfAllThreadsLookAsTheGdbMacrosMadeThem() {
        assertThat(answer("btpid 2")).startsWith("\npid 2; comm kthreadd:\n===================\n__schedule + ");
        assertThat(answer("btt")).contains("\npid 246; comm iq-busy:\n===================\n");
        assertThat(answer("bttnobp")).contains("\npid 2; comm kthreadd:\n");
        assertThat(answer("trapinfo 1")).startsWith("Trapno ");
        assertThat(Asked.of(SAMPLE, "btpid 99999").err()).isEqualTo("btpid: no task with pid 99999\n");
    }

    @Test
    void symbolsAreFoundByNameAndAddress() {
        long start = Asked.kernelSymbol(SAMPLE, "__schedule");
        assertThat(answer("sym " + Long.toHexString(start + 100)))
                .isEqualTo(Long.toHexString(start + 100) + " (t) __schedule+100\n");
        assertThat(answer("sym -q kexec_crash_im")).contains("(B) kexec_crash_image\n");
        assertThat(answer("sym -m dm_mod")).contains(" [dm_mod]\n");
        assertThat(answer("sym -n jiffies").lines()).hasSize(2);
        assertThat(Asked.of(SAMPLE, "sym nosuchsymbol").err())
                .isEqualTo("sym: symbol not found: nosuchsymbol\npossible alternatives:\n  (none found)\n");
    }

    @Test
    void modAcceptsWhatLoadsSymbolsInCrash() {
        assertThat(answer("mod -S")).isEqualTo(answer("mod -S /lib/modules")).isEqualTo(answer("mod"));
        Asked absent = Asked.of(SAMPLE, "mod -s nosuch");
        assertThat(absent.err()).isEqualTo("mod: no module nosuch was loaded\n");
        assertThat(absent.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aValueOfWhichNothingCanBeReadIsNone() {
        Asked nothing = Asked.of(SAMPLE, "p *(int *)0", "p *(struct list_head *)0", "p 7");
        assertThat(nothing.err())
                .startsWith("p: gdb request failed: p *(int *)0: ")
                .contains("p: gdb request failed: p *(struct list_head *)0: ");
        assertThat(nothing.out()).isEqualTo("$1 = 7\n");
        assertThat(Asked.of(SAMPLE, "p (struct foo *)0").err())
                .isEqualTo("p: gdb request failed: p (struct foo *)0: No struct type named foo.\n");
    }

    @Test
    void sysTellsWhereItsKnowledgeIsFrom() {
        assertThat(answer("sys --sources"))
                .contains("symbols: kallsyms")
                .contains("types: ")
                .contains("stacks: ORC");
        assertThat(answer("sys -t")).startsWith("TAINTED_MASK: ");
        assertThat(answer("sys -i")).contains("        DMI_BIOS_VENDOR: SeaBIOS\n");
    }

    @Test
    void taskShowsMembers() {
        assertThat(answer("task -R pid,comm 1")).startsWith("PID: 1 ").contains("\n  pid = 1,\n  comm = \"init\\000");
        assertThat(Asked.of(SAMPLE, "task -R nosuch 1").exitCode()).isEqualTo(ExitCode.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sys",
                "sys -t",
                "sys -c",
                "sys --sources",
                "mod",
                "mod -t",
                "sym jiffies",
                "log",
                "ps",
                "ps -p 1",
                "ps -c 1",
                "ps -t",
                "ps -l",
                "ps -m -C 0",
                "ps -g 244",
                "ps -r 1",
                "ps -S",
                "ps -a iq-args",
                "bt",
                "bt -a",
                "bt -t",
                "bt -e",
                "bt -v",
                "bt -r 2",
                "foreach bt",
                "foreach RU set",
                "runq",
                "runq -t",
                "set",
                "set -v",
                "task -R pid",
                "eval 1",
                "alias",
                "help",
                "btpid 1",
                "trapinfo",
                "btop 1000"
            })
    void everyAnswerIsAlsoJson(String commandLine) {
        String json = answer(commandLine + " --json");
        assertThat(json).startsWith("{\n  \"command\": ").endsWith("\n}\n").contains("\"complete\": true");
        assertThat(json.lines()).allMatch(line -> line.length() < 100_000);
    }

    @ParameterizedTest
    @CsvSource({"help, 0", "nosuchcommand, 2", "bt zz, 2", "task -R nosuch, 5", "< /no/such/file, 3"})
    void mistakesHaveTheirExitCodes(String commandLine, int expected) {
        assertThat(Asked.of(SAMPLE, commandLine).exitCode()).isEqualTo(expected);
    }

    @Test
    void everyCommandHasAHelpPage() {
        for (String name : AllCommands.names()) {
            assertThat(answer("help " + name))
                    .startsWith("NAME\n  " + name + " - ")
                    .contains("SYNOPSIS");
        }
    }
}

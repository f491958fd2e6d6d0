package io.inquest.crash.command.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.ExitCode;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Options of `bt` beside what crash 9.0.2 answers: on the bundled dumps where its answers are recorded, else in
/// its shapes and words, as seen on dumps of the lab.
final class BtOptionsTest {

    private static final String SAMPLE = "6.12-d1";

    private static Asked asked(String commandLine) {
        return Asked.of(SAMPLE, commandLine);
    }

    private static String out(String commandLine) {
        Asked asked = asked(commandLine);
        assertThat(asked.err()).as(commandLine).isEmpty();
        return asked.out();
    }

    /// `ffffd306c0013b80` of a line `#5 [ffffd306c0013b80] …`.
    private static String slot(String line) {
        return line.substring(line.indexOf('[') + 1, line.indexOf(']'));
    }

    private static List<String> frames(String text) {
        return text.lines()
                .filter(line -> line.contains("] ") && line.contains(" at "))
                .toList();
    }

    @Test
    void theOldMethodAddsStaleCallsAsGuessesBetweenTheFrames() {
        List<String> whole = frames(out("bt -o"));
        List<String> certain = whole.stream()
                .filter(line -> !line.endsWith("(guess)"))
                .map(line -> line.substring(3))
                .toList();
        assertThat(certain)
                .isEqualTo(frames(out("bt")).stream()
                        .map(line -> line.substring(3))
                        .toList());
        assertThat(whole.size()).isGreaterThan(certain.size());
        // The same words as those of bt -t, which are crash's (it says where a function begins, too).
        List<String> words =
                frames(out("bt -t")).stream().map(BtOptionsTest::slot).toList();
        assertThat(words).containsAll(whole.stream().map(BtOptionsTest::slot).toList());
    }

    @Test
    void theOldMethodBecomesTheUsualOneUntilItIsAskedForAgain() {
        Session session = new Session(Asked.kernel(SAMPLE), new Sources(List.of("vmcore"), Optional.empty()));
        assertThat(Asked.of(session, "bt -O").out()).isEqualTo("bt: use old bt method by default\n");
        assertThat(Asked.of(session, "bt 2").out()).isEqualTo(out("bt -o 2"));
        assertThat(Asked.of(session, "bt -O").out()).isEqualTo("bt: use new bt method by default\n");
        assertThat(Asked.of(session, "bt 2").out()).isEqualTo(out("bt 2"));
    }

    @Test
    void anExceptionFrameIsAtTheWordBehindItsEntrysReturnAddress() throws IOException {
        String entry = frames(Asked.crash(SAMPLE, "bt-a.txt")).stream()
                .filter(line -> line.contains("entry_SYSCALL_64_after_hwframe"))
                .findFirst()
                .orElseThrow();
        long block = Long.parseUnsignedLong(slot(entry), 16) + Long.BYTES;
        assertThat(out("bt -e"))
                .contains("\n  USER-MODE EXCEPTION FRAME AT: " + Long.toHexString(block) + "\n    RIP: ");
    }

    @Test
    void theStacksOfExceptionsAreSearchedOnEachCpu() {
        String all = out("bt -E");
        assertThat(all).startsWith("CPU 0 IRQ STACK:\n(none found)\n\nCPU 1 IRQ STACK:\n");
        assertThat(all.lines().filter(line -> line.endsWith(" STACK:")))
                .containsExactly(
                        "CPU 0 IRQ STACK:",
                        "CPU 1 IRQ STACK:",
                        "CPU 0 DOUBLEFAULT EXCEPTION STACK:",
                        "CPU 0 NMI EXCEPTION STACK:",
                        "CPU 0 DEBUG EXCEPTION STACK:",
                        "CPU 0 MCE EXCEPTION STACK:",
                        "CPU 1 DOUBLEFAULT EXCEPTION STACK:",
                        "CPU 1 NMI EXCEPTION STACK:",
                        "CPU 1 DEBUG EXCEPTION STACK:",
                        "CPU 1 MCE EXCEPTION STACK:");
        // The NMI that stopped CPU 1 came upon the program that crash shows there.
        String rip = out("bt -c 1")
                .lines()
                .filter(line -> line.startsWith("    RIP: "))
                .findFirst()
                .orElseThrow();
        assertThat(out("bt -E -c 1")).contains(rip).doesNotContain("CPU 0 ");
    }

    @Test
    void aChainBeginsWhereTheUserSays() {
        List<String> frames = frames(out("bt 246"));
        String third = frames.get(3);
        String slot = slot(third);
        String address = third.substring(third.lastIndexOf(' ') + 1);
        for (String start : List.of("-S " + slot, "-S " + slot + " -I " + address, "-I " + address)) {
            assertThat(frames(out("bt " + start + " 246")).stream().map(line -> line.substring(4)))
                    .as(start)
                    .containsExactlyElementsOf(frames.subList(3, frames.size()).stream()
                            .map(line -> line.substring(4))
                            .toList());
        }
        assertThat(asked("bt -S 0").err()).isEqualTo("bt: invalid stack address for this task: 0\n");
        assertThat(asked("bt -I kexec_crash_image 2").err()).contains("; give its place with -S\n");
    }

    @Test
    void idleTasksHaveOnlyAHeaderWhereTheyAreNotWanted() {
        assertThat(out("bt -n idle 0").lines()).allMatch(line -> line.isEmpty() || line.startsWith("PID: 0 "));
        assertThat(out("bt -n idle 2")).isEqualTo(out("bt 2"));
        assertThat(asked("bt -a -n foo").err()).isEqualTo("bt: -n takes the word idle, not foo\n");
    }

    @Test
    void whatThisMachineTypeLacksIsSaid() {
        assertThat(asked("bt -A").err())
                .isEqualTo("bt: -A option not supported or applicable on this architecture or kernel\n");
    }

    @Test
    void withoutDebugInformationLocalsAreAskedForInVain() {
        Asked asked = asked("bt --locals 2");
        assertThat(asked.out()).isEqualTo(out("bt 2"));
        assertThat(asked.err()).isEqualTo("bt: parameters and local variables need a vmlinux with debug information\n");
        assertThat(asked.exitCode()).isEqualTo(ExitCode.MEMORY);
    }
}

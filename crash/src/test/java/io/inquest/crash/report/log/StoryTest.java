package io.inquest.crash.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.DeathKind;
import org.junit.jupiter.api.Test;

/// Which of several events a kernel died of.
final class StoryTest {

    private static final String WARNING =
            "[   10.000000] WARNING: CPU: 1 PID: 2 at mm/slub.c:1 f+0x1/0x2\n[   10.000001] RIP: 0010:f+0x1/0x2\n";

    private static Story story(String log) {
        return Story.of(EventReader.events(LogLines.of(log)));
    }

    private static DeathKind subject(String log) {
        return story(log).subject().orElseThrow().kind();
    }

    private static String oops(String time) {
        return "[" + time + "] BUG: kernel NULL pointer dereference, address: 0000000000000008\n[" + time
                + "] RIP: 0010:g+0x1/0x2\n";
    }

    @Test
    void aWarningSoonBeforeOwnsTheDeath() {
        assertThat(subject(WARNING + oops("   20.000000"))).isEqualTo(DeathKind.WARN);
    }

    @Test
    void aWarningLongBeforeDoesNot() {
        Story story = story(WARNING + oops("   80.000000"));
        assertThat(story.subject().orElseThrow().kind()).isEqualTo(DeathKind.NULL_DEREF);
        assertThat(story.earlier()).extracting(LoggedEvent::kind).containsExactly(DeathKind.WARN);
    }

    @Test
    void aWarningDoesNotOwnACrashThatSomebodyAskedFor() {
        assertThat(subject(WARNING + "[   11.000000] Kernel panic - not syncing: sysrq triggered crash\n"))
                .isEqualTo(DeathKind.SYSRQ);
    }

    @Test
    void aLockdepReportNeverOwnsAnOops() {
        assertThat(subject("[   10.000000] WARNING: possible circular locking dependency detected\n"
                        + "[   10.000001] (a){+.+.}, at: [<0000000000000001>] f+0x1/0x2\n"
                        + "[   10.000002]  f+0x1/0x2\n" + oops("   11.000000")))
                .isEqualTo(DeathKind.NULL_DEREF);
    }

    @Test
    void errorsOfTheHardwareRaiseSuspicionOnly() {
        Story story = story("[   10.000000] EDAC MC0: 1 UE memory read error\n" + oops("   20.000000"));
        assertThat(story.subject().orElseThrow().kind()).isEqualTo(DeathKind.NULL_DEREF);
        assertThat(story.hardwareSuspected()).isTrue();
    }

    @Test
    void linesOfOtherTasksAreNoPartOfAnEvent() {
        Story story = story("""
            [   10.000000][   T1] BUG: kernel NULL pointer dereference, address: 0000000000000008
            [   10.000001][   T2] RIP: 0010:other+0x1/0x2
            [   10.000002][   T1] RIP: 0010:mine+0x1/0x2
            """);
        assertThat(story.subject().orElseThrow().trap().orElseThrow().function())
                .isEqualTo("mine");
    }

    @Test
    void aPanicWithoutItsEventIsOnlyAWrapper() {
        Story story = story("Kernel panic - not syncing: hung_task: blocked tasks\n");
        assertThat(story.subject().orElseThrow().wrapper()).isTrue();
    }

    @Test
    void theWordInAnotherWordIsNoEvent() {
        assertThat(story("EDAC DEBUG: get_memory_layout: DEBUG: BUGS: none\nODEBUG: 213 active objects replaced\n")
                        .subject())
                .isEmpty();
    }
}

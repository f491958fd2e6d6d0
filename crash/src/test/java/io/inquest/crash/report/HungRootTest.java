package io.inquest.crash.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.signature.FrameChoice;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What hung tasks are known by: not by chance.
final class HungRootTest {

    private static final FrameChoice CHOICE = new FrameChoice(DeathKind.HUNG_TASK, Set.of());

    private static BlockedTask task(int pid, String lock, int holder, String... functions) {
        return new BlockedTask(
                "t" + pid,
                OptionalInt.of(pid),
                120,
                "",
                lock,
                holder == 0 ? OptionalInt.empty() : OptionalInt.of(holder),
                Stream.of(functions)
                        .map(function -> new AnnotatedFrame(CallFrame.named(function), false, ""))
                        .toList());
    }

    @Test
    void tasksBehindOneLockHaveTheClassOfTheOneThatHoldsIt() {
        BlockedTask holder = task(3, "", 0, "__schedule", "schedule", "wait_for_card", "probe");
        BlockedTask middle = task(2, "card_mutex", 3, "mutex_lock", "ask_card");
        BlockedTask outer = task(1, "rtnl_mutex", 2, "mutex_lock", "rtnl_lock");
        assertThat(HungRoot.classOf(List.of(outer, middle, holder), CHOICE)).contains("card_mutex|wait_for_card");
        assertThat(HungRoot.classOf(List.of(middle, outer, holder), CHOICE)).contains("card_mutex|wait_for_card");
    }

    @Test
    void aHolderThatRunsLeavesTheLock() {
        assertThat(HungRoot.classOf(List.of(task(1, "rtnl_mutex", 99, "mutex_lock", "rtnl_lock")), CHOICE))
                .contains("rtnl_mutex");
    }

    @Test
    void aCircleHasOneClassWhereverItIsEntered() {
        BlockedTask one = task(1, "lock_b", 2, "take_ab");
        BlockedTask two = task(2, "lock_a", 1, "take_ba");
        assertThat(HungRoot.classOf(List.of(one, two), CHOICE)).contains("lock_a|lock_b");
        assertThat(HungRoot.classOf(List.of(two, one), CHOICE)).contains("lock_a|lock_b");
    }

    @Test
    void withoutALockThereIsNone() {
        assertThat(HungRoot.classOf(List.of(task(1, "", 0, "io_schedule", "read_page")), CHOICE))
                .isEmpty();
        assertThat(HungRoot.classOf(List.of(), CHOICE)).isEmpty();
    }
}

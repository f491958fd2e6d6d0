package io.inquest.capture.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Collector;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaysTest {

    private static List<String> ways(Collector collector) {
        return Ways.of(collector).stream().map(Way::toString).toList();
    }

    private static Collector makedumpfile(String... options) {
        return new Collector.Makedumpfile(List.of(options));
    }

    @Test
    void filterThatFailsIsFollowedByOneThatOnlyLooksForZerosAndThenByACopy() {
        assertThat(ways(makedumpfile("-l", "-d", "31")))
                .containsExactly("makedumpfile -l -d 31", "makedumpfile -l -d 31 -d 1", "copying all memory");
    }

    @Test
    void dumpWithoutRoomIsTriedAtTheLevelThatLeavesOutTheMost() {
        assertThat(ways(makedumpfile("-z", "-d", "1")).getFirst()).isEqualTo("makedumpfile -z -d 1 -d 1,31");
        assertThat(ways(makedumpfile("-z", "-d1,17")).getFirst()).isEqualTo("makedumpfile -z -d1,17 -d 1,17,31");
        assertThat(ways(makedumpfile("-z", "-d", "17,31")).getFirst()).isEqualTo("makedumpfile -z -d 17,31");
        assertThat(ways(makedumpfile("-c")).getFirst()).isEqualTo("makedumpfile -c -d 0,31");
    }

    @Test
    void whatRulesEraseIsNeverCopied() {
        assertThat(ways(makedumpfile("-l", "-d", "31", "--config", "/etc/erase.conf")))
                .hasSize(2)
                .allSatisfy(way -> assertThat(way).contains("--config /etc/erase.conf"));
    }

    @Test
    void programThatFailsIsFollowedByOurOwn() {
        assertThat(ways(new Collector.Command(List.of("cp", "--sparse=always"))))
                .containsExactly(
                        "cp --sparse=always", "makedumpfile -l -d 31", "makedumpfile -l -d 1", "copying all memory");
    }

    @Test
    void logAloneNeedsNoDump() {
        assertThat(ways(new Collector.LogOnly())).isEmpty();
    }

    @Test
    void whereSomethingMustStayFreeTheDumpIsLimitedAndNothingIsCopied() {
        List<Way> limited = Ways.within(1000, Ways.withoutCopies(Ways.of(makedumpfile("-l", "-d", "31"))));
        assertThat(limited.stream().map(Way::toString))
                .containsExactly("makedumpfile -l -d 31 -L 1000", "makedumpfile -l -d 31 -d 1 -L 1000");
    }

    @Test
    void limitOfTheUsersStays() {
        assertThat(Ways.within(1000, Ways.of(makedumpfile("-L", "5", "-d", "31")))
                        .getFirst())
                .hasToString("makedumpfile -L 5 -d 31");
    }
}

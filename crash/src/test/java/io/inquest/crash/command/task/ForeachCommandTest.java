package io.inquest.crash.command.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.command.AllCommands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a command of `foreach` takes for its task.
final class ForeachCommandTest {

    private static final String SAMPLE = "6.12-d1";

    private static String answer(String commandLine) {
        Asked asked = Asked.of(SAMPLE, commandLine);
        assertThat(asked.err()).as(commandLine).isEmpty();
        return asked.out();
    }

    @Test
    void foreachKeepsItsTaskUntilTheAnswerIsShown() {
        assertThat(answer("foreach 1 246 vtop -u 400000"))
                .contains(answer("vtop -c 1 -u 400000"), answer("vtop -c 246 -u 400000"));
    }

    @Test
    void aTaskWithoutMemoryEndsNoForeach() {
        assertThat(answer("foreach 2 246 vtop -u 400000"))
                .contains("400000      (not accessible)\n", answer("vtop -c 246 -u 400000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-s", "-p", "-t", "-l", "-G", "-S"})
    void psOfForeachIsOneAnswerOfTheSelectedTasks(String option) {
        assertThat(answer("foreach 1 246 ps " + option)).isEqualTo(answer("ps " + option + " 1 246"));
    }

    @Test
    void eachOfItsCommandsIsThere() {
        assertThat(ForeachCommand.COMMANDS)
                .allMatch(name -> AllCommands.find(name).isPresent());
    }

    @Test
    void psOfForeachTakesNoTasksOfItsOwn() {
        assertThat(Asked.of(SAMPLE, "foreach 1 ps 2").err())
                .isEqualTo("foreach: the tasks stand before the command: foreach 2 ps\n");
    }
}

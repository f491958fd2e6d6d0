package io.inquest.crash.command.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Symbols of per-CPU variables, which are offsets in one kernel and addresses of its image in another.
final class PerCpuVariablesTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void withoutACpuThereIsNoValue(String sample) {
        for (String commandLine : new String[] {
            "p runqueues.nr_running", "p runqueues.nr_running + 1", "p -x runqueues.clock", "p runqueues.curr->comm"
        }) {
            Asked asked = Asked.of(sample, commandLine);
            assertThat(asked.out()).as(commandLine).isEmpty();
            assertThat(asked.err()).as(commandLine).contains("runqueues is per CPU, and no CPU's copy is at 0x");
            assertThat(asked.exitCode()).as(commandLine).isNotZero();
        }
        Asked struct = Asked.of(sample, "struct rq.nr_running runqueues");
        assertThat(struct.out()).isEmpty();
        assertThat(struct.err()).contains("runqueues is per CPU: name CPUs, as in runqueues:0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void addressesCanBeReckonedWith(String sample) {
        Asked asked = Asked.of(
                sample,
                "p ((struct rq *)((char *)&runqueues + __per_cpu_offset[1]))->cpu",
                "struct rq.cpu runqueues:1",
                "p sizeof(runqueues) == sizeof(struct rq)");

        assertThat(asked.err()).isEmpty();
        assertThat(asked.out().lines().map(String::strip)).contains("$1 = 1", "cpu = 1,", "$2 = 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rd runqueues", "struct list_head runqueues+8"})
    void memoryOfTheImagesOwnCopyIsNotShown(String commandLine) {
        Asked asked = Asked.of("7.2-d23-flat", commandLine);

        assertThat(asked.out()).isEmpty();
        assertThat(asked.err()).isNotEmpty();
    }
}

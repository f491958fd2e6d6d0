package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {

    @Test
    void memoryOfTheMachineIsReadFromMeminfo() {
        assertThat(MemoryBudget.kilobytes("MemTotal:         215040 kB")).isEqualTo(215_040);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " kB", "MemTotal: x kB", "MemTotal: 5", "MemTotal: 99999999999999999999 kB"})
    void aLineOfAnotherFormIsNoSmallMachine(String line) {
        assertThat(MemoryBudget.kilobytes(line)).isEqualTo(Long.MAX_VALUE >>> 10);
    }
}

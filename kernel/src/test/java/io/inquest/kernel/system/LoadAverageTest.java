package io.inquest.kernel.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LoadAverageTest {

    /// The last digit is cut as the kernel cuts it: 2898 is 1.415.
    @Test
    void hundredthsAreThoseOfTheKernel() {
        assertThat(LoadAverage.ofFixedPoint(2898, 665, 220).text()).isEqualTo("1.41, 0.32, 0.11");
        assertThat(LoadAverage.ofFixedPoint(0, 2047, 2048).text()).isEqualTo("0.00, 1.00, 1.00");
        assertThat(LoadAverage.ofFixedPoint(20480, 123456, 100).text()).isEqualTo("10.00, 60.28, 0.05");
    }
}

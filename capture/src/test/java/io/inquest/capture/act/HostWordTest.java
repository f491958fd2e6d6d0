package io.inquest.capture.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.HostTag;
import io.inquest.capture.config.Server;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostWordTest {

    @Test
    void localDumpsAreOfTheMachineThatEverybodyKnows() {
        assertThat(HostWord.of(HostTag.ADDRESS, Optional.empty())).isEqualTo("127.0.0.1");
    }

    @Test
    void serverSeesTheAddressOfTheWayToIt() {
        assertThat(HostWord.of(HostTag.ADDRESS, Optional.of(new Server("127.0.0.2"))))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void nameIsTheKernels() {
        assertThat(HostWord.of(HostTag.NAME, Optional.empty())).isNotBlank().doesNotContain("\n");
    }
}

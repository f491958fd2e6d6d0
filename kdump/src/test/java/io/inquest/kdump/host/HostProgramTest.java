package io.inquest.kdump.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class HostProgramTest {

    @Test
    void moreThanAPipeHoldsGoesThrough() throws IOException {
        byte[] input = new byte[5_000_000];

        assertThat(new HostProgram("cat").filter(input)).isEqualTo(input);
    }

    @Test
    void aProgramThatDoesNotReadItsInputIsJudgedByItsStatus() throws IOException {
        assertThat(new HostProgram("true").filter(new byte[5_000_000])).isEmpty();
        assertThatThrownBy(() -> new HostProgram("false").filter(new byte[5_000_000]))
                .isInstanceOf(IOException.class)
                .hasMessage("false: exit status 1");
    }

    @Test
    void whatAFailingProgramSaysIsTold() {
        assertThatThrownBy(() -> new HostProgram("sh", "-c", "echo no disk >&2; exit 3").run())
                .hasMessage("sh -c echo no disk >&2; exit 3: exit status 3: no disk");
    }

    @Test
    void aProgramThatIsMissingIsTold() {
        assertThat(HostProgram.exists("inquest-there-is-no-such-program")).isFalse();
        assertThatThrownBy(() -> new HostProgram("inquest-there-is-no-such-program").run())
                .hasMessage(
                        "inquest-there-is-no-such-program: cannot be started; is the package installed that has it?");
    }
}

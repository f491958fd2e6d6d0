package io.inquest.crash.command.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers that crash 9.0.2 gave with a vmlinux are in the resources beside this class.
final class DisCommandTest {

    private static String recorded(String file) throws IOException {
        try (InputStream in = DisCommandTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dis vfs_fallocate, vfs_fallocate.txt",
        "dis -r vfs_fallocate+135, reverse.txt",
        "dis -f vfs_fallocate+135 4, forward.txt",
        "dis -x vfs_fallocate 20, hexadecimal.txt",
        "dis __schedule 60, counted.txt"
    })
    void answersAreThoseOfCrash(String question, String file) throws IOException {
        assertThat(Asked.of("6.12-d1", question).out()).isEqualTo(recorded(file));
    }

    @Test
    void anAddressWithinAnInstructionIsFollowedByWholeOnes() {
        assertThat(Asked.of("6.12-d1", "dis -f vfs_fallocate+1").out())
                .isNotEmpty()
                .isEqualTo(Asked.of("6.12-d1", "dis -f vfs_fallocate+4").out());
    }

    @Test
    void ofASymbolOfDataOneInstructionIsShown() {
        assertThat(Asked.of("6.12-d1", "dis sys_call_table").out().lines()).hasSize(1);
    }

    @Test
    void userAddressesAreThoseOfTheCurrentTask() {
        Asked asked = Asked.of("6.12-d1", "dis -u 0 1");
        assertThat(asked.exitCode()).isNotEqualTo(ExitCode.OK);
    }

    @Test
    void codeThatIsNotThereIsNamed() {
        Asked asked = Asked.of("6.12-d1", "dis ffffffff00000000");
        assertThat(asked.exitCode()).isNotEqualTo(ExitCode.OK);
        assertThat(asked.err() + asked.out()).contains("ffffffff00000000");
    }

    @Test
    void linesNeedAVmlinux() {
        assertThat(Asked.of("6.12-d1", "dis -s vfs_fallocate").err()
                        + Asked.of("6.12-d1", "dis -s vfs_fallocate").out())
                .contains("vmlinux");
    }

    @Test
    void bothRadixesAreAMistake() {
        assertThat(Asked.of("6.12-d1", "dis -d -x vfs_fallocate").exitCode()).isNotEqualTo(ExitCode.OK);
    }
}

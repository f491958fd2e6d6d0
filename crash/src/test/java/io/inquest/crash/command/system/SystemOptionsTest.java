package io.inquest.crash.command.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Options of `log`, `mod`, `sys` and their like, in the words of crash 9.0.2.
final class SystemOptionsTest {

    private static final String SAMPLE = "6.12-d1";

    private static String answer(String commandLine) {
        Asked asked = Asked.of(SAMPLE, commandLine);
        assertThat(asked.err()).as(commandLine).isEmpty();
        assertThat(asked.exitCode()).as(commandLine).isEqualTo(ExitCode.OK);
        return asked.out();
    }

    @Test
    void aLineOfADeviceNamesIt() {
        List<String> lines = answer("log -d").lines().toList();
        int at = 0;
        while (!lines.get(at).contains("acpi PNP0A08:00: _OSC: OS supports")) {
            at++;
        }
        assertThat(lines.subList(at + 1, at + 3))
                .containsExactly("               SUBSYSTEM=acpi", "               DEVICE=+acpi:PNP0A08:00");
        assertThat(lines.stream().filter(line -> !line.startsWith("               ")))
                .hasSameSizeAs(answer("log")
                        .lines()
                        .filter(line -> !line.startsWith("               "))
                        .toList());
    }

    @Test
    void auditRecordsAndPerCpuBuffersAreToldOf() {
        assertThat(answer("log -a")).isEqualTo("log: kernel audit log is empty\n");
        assertThat(answer("log -s"))
                .isEqualTo("this kernel has no per-CPU buffers for its log, so nothing can be left in them\n");
    }

    @Test
    void symbolsOfModulesCannotBeForgotten() {
        assertThat(answer("mod -d dm_mod")).isEmpty();
        assertThat(answer("mod -D")).isEmpty();
        assertThat(answer("mod -r")).isEqualTo(answer("mod"));
        assertThat(Asked.of(SAMPLE, "mod -d nosuch").err()).isEqualTo("mod: no module nosuch was loaded\n");
    }

    @Test
    void withoutASystemCallThereIsNoHeading() {
        assertThat(answer("sys -c nosuch")).isEmpty();
        assertThat(answer("sys -c pivot_root")).startsWith("NUM  SYSTEM CALL").contains("pivot_root");
    }

    @Test
    void anAddressThatIsNotCanonicalIsNone() {
        assertThat(Asked.of(SAMPLE, "rd ffff000000000000").err())
                .isEqualTo(
                        "rd: invalid address: ffff000000000000: it is not canonical, neither in the kernel's half nor in"
                                + " that of programs\n");
    }

    @Test
    void trapinfoOfTheTaskThatDiedHasThePanicsMessage() {
        assertThat(answer("trapinfo"))
                .contains(", error_code ")
                .endsWith("\nPanic: Kernel panic - not syncing: sysrq triggered crash\n");
        assertThat(answer("trapinfo 2")).doesNotContain("Panic");
    }
}

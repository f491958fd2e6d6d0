package io.inquest.crash.command.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `p/x` and what `p` knows of types; values are those that crash 9.0.2 gave.
final class PrintFormatTest {

    private static final String SAMPLE = "6.12-d1";

    private static String answer(String commandLine) {
        Asked asked = Asked.of(SAMPLE, commandLine);
        assertThat(asked.err()).as(commandLine).isEmpty();
        return asked.out();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "p/x 255 = 0xff",
                "p /x 255 = 0xff",
                "p/c 65 = 65 'A'",
                "p/t 10 = 1010",
                "p/o 8 = 010",
                "p/u -1 = 4294967295",
                "p/d 0xffffffff = -1",
                "p/z 255 = 0x000000ff",
                "p/x init_task.comm = {0x73, 0x77, 0x61, 0x70, 0x70, 0x65, 0x72, 0x2f, 0x30, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0}",
                "p/s init_task.comm = \"swapper/0\\000\\000\\000\\000\\000\\000\"",
                "p/x init_task.pid = 0x0"
            })
    void gdbsFormatsAreThose(String commandLine, String value) {
        assertThat(answer(commandLine)).isEqualTo("$1 = " + value + "\n");
    }

    @Test
    void aFormatNamesNoSymbolOfPointers() {
        assertThat(answer("p init_task.sched_class")).endsWith("<idle_sched_class>\n");
        assertThat(answer("p/x init_task.sched_class"))
                .startsWith("$1 = 0xffffffff")
                .doesNotContain("<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p/q 1", "p/ 1", "p/xx 1", "p/x"})
    void unknownFormatsAreRefused(String commandLine) {
        assertThat(Asked.of(SAMPLE, commandLine).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theTableOfSystemCallsHasAType() {
        assertThat(answer("p sys_call_table[0]"))
                .isEqualTo("$1 = (sys_call_ptr_t) 0x" + Long.toHexString(Asked.kernelSymbol(SAMPLE, "__x64_sys_read"))
                        + " <__x64_sys_read>\n");
        assertThat(answer("whatis sys_call_table")).startsWith("sys_call_ptr_t sys_call_table[");
    }
}

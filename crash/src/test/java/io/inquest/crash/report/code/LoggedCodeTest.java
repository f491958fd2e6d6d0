package io.inquest.crash.report.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.CodeLine;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Inquest;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.log.LogLines;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoggedCodeTest {

    /// Of a staged death of Linux 6.12.
    private static final String BYTES =
            "66 0f 1f 84 00 00 00 00 00 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 f3 0f"
                    + " 1e fa 0f 1f 44 00 00 41 56 41 55 41 54 55 53 <4c> 8b 77 28 48 85 d2 0f 88 c9 02 00 00 49 89 cd 48 85"
                    + " c9 0f 8e bd";

    private static Report report(String code) {
        return Inquest.of("log", LogLines.of("""
                BUG: kernel NULL pointer dereference, address: 0000000000000028
                #PF: supervisor read access in kernel mode
                Oops: Oops: 0000 [#1] PREEMPT SMP NOPTI
                RIP: 0010:vfs_fallocate+0x11/0x330
                Code: %s
                RAX: ff3ff59d42887cc0 RBX: ff3ff59d42887cc0 RCX: 0000000000001000
                RDX: 0000000000000000 RSI: 0000000000000000 RDI: 0000000000000000
                Call Trace:
                 <TASK>
                 __x64_sys_fallocate+0x47/0x80
                RIP: 0033:0x4a2f4d
                Code: 0f 05 <48> 3d 01 f0 ff ff
                ---[ end trace 0000000000000000 ]---
                """.replace("%s", code)));
    }

    @Test
    void theInstructionIsMarkedAmongItsNeighbours() {
        List<CodeLine> lines = report(BYTES).code().lines();
        assertThat(lines).filteredOn(CodeLine::trapping).singleElement().satisfies(line -> {
            assertThat(line.place()).isEqualTo("vfs_fallocate+0x11");
            assertThat(line.bytes()).isEqualTo("4c 8b 77 28");
            assertThat(line.text()).isEqualTo("mov    0x28(%rdi),%r14");
        });
        assertThat(lines).extracting(CodeLine::text).contains("push   %rbx", "js     vfs_fallocate+0x2e7");
        assertThat(lines).extracting(CodeLine::place).contains("vfs_fallocate+0x4");
    }

    @Test
    void theRegisterToBlameIsNamed() {
        assertThat(report(BYTES).cause().orElseThrow().facts())
                .contains(new Fact("it reads", "8 bytes at 0x28"), new Fact("register", "%rdi = 0x0: NULL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bad RIP value.",
                "Unable to access opcode bytes at 0x28.",
                "0f 05",
                "<4c",
                "<4c> 8b 7",
                "<zz>",
                ""
            })
    void linesWithoutCodeShowNone(String code) {
        assertThat(report(code).code().lines()).isEmpty();
    }

    @Test
    void aCutInstructionIsShownAsSuch() {
        assertThat(report("<4c> 8b").code().lines()).extracting(CodeLine::text).containsExactly("(bad)", "(bad)");
    }

    @Test
    void theCodeOfAUserProgramIsNotTheKernels() {
        Report report = Inquest.of("log", LogLines.of("""
                BUG: KASAN: slab-use-after-free in frob+0x10/0x20
                RIP: 0033:0x4a2f4d
                Code: 0f 05 <48> 3d 01 f0 ff ff
                """));
        assertThat(report.code().lines()).isEmpty();
    }
}

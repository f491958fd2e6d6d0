package io.inquest.crash.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.StackKind;
import io.inquest.crash.report.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines of backtraces of all machine types and ages.
final class FrameLineTest {

    private static CallFrame frame(String line) {
        return FrameLine.parse(line).orElseThrow().frame().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ' do_idle+0x1f/0x80'                                            | do_idle        | ''     | UNWOUND
        ' ? do_idle+0x1f/0x80'                                          | do_idle        | ''     | GUESSED
        ' do_idle+0x1f/0x80 (T)'                                        | do_idle        | ''     | UNWOUND
        ' amdgpu_fini+0x1/0x2 [amdgpu]'                                 | amdgpu_fini    | amdgpu | UNWOUND
        ' amdgpu_fini+0x1/0x2 [amdgpu 8f1cd0d6e1]'                      | amdgpu_fini    | amdgpu | UNWOUND
        ' wl_go+0x1/0x2 [wl(P)]'                                        | wl_go          | wl     | UNWOUND
        ' [<ffffffff81171d6f>] find_lock_entry+0x1f/0x80'               | find_lock_entry | ''    | UNWOUND
        ' [<ffffffff811c915f>] ? kfree+0xff/0x140'                      | kfree          | ''     | GUESSED
        '  <NMI>  [<ffffffff810eb800>] ? watchdog+0x60/0xd0'            | watchdog       | ''     | GUESSED
        '([<000003ff8086d036>] init+0x36/0x1000 [will_oops])'           | init           | will_oops | UNWOUND
        '[c000000010f93150] [c000000008028668] .rtas_read+0x128/0x170'  | rtas_read      | ''     | UNWOUND
        '[c000000010f930b0] [c000000008068df8] .eeh+0x278/0x390 (unreliable)' | eeh      | ''     | GUESSED
        '[<c0014558>] (show_stack) from [<c059798c>] (dump_stack+0x7c/0xc8)'  | dump_stack | ''   | UNWOUND
        ' unwind_backtrace from show_stack+0x10/0x14'                   | show_stack     | ''     | UNWOUND
        '[<f88dec25>] :radeon:radeon_cp_init+0x90/0x302'                | radeon_cp_init | radeon | UNWOUND
        """)
    void isReadInEveryForm(String line, String function, String module, Trust trust) {
        CallFrame frame = frame(line);
        assertThat(frame.function()).isEqualTo(function);
        assertThat(frame.module()).isEqualTo(module);
        assertThat(frame.trust()).isEqualTo(trust);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RAX: 0000000000000000 RBX: ffffad8549157b40",
                "softirqs last  enabled at (468244): [<ffffffff87a00778>] __do_softirq+0x778/0xaf5",
                " 0000000000000072 0000000000000072 ffff88020211fa60 ffffffff81171d6f",
                " [<000003fffd4a1d92>] 0x3fffd4a1d92",
                "Code: 18 65 48 8b",
                "foo+0x",
                "foo+0x1",
                "foo+0x1/",
                "+0x1/0x2",
                "(",
                "[<",
                "<IRQ",
                ""
            })
    void otherLinesAreNone(String line) {
        assertThat(FrameLine.parse(line).flatMap(FrameLine::frame)).isEmpty();
    }

    @Test
    void markersTellTheStack() {
        assertThat(FrameLine.parse(" <IRQ>").orElseThrow().marker()).isEqualTo(StackKind.IRQ);
        assertThat(FrameLine.parse(" </NMI>").orElseThrow().marker()).isEqualTo(StackKind.INTERRUPTED);
        assertThat(FrameLine.parse(" <<EOE>>  [<ffffffff810944f0>] f+0x1/0x2")
                        .orElseThrow()
                        .marker())
                .isEqualTo(StackKind.INTERRUPTED);
        assertThat(FrameLine.parse(" <#DF>").orElseThrow().marker()).isEqualTo(StackKind.EXCEPTION);
    }

    /// `RIP: 0010:amdgpu…`: the first letters of the name are digits, too.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        'RIP: 0010:amdgpu_vm_sdma_commit+0x46/0x120 [amdgpu]'                  | amdgpu_vm_sdma_commit
        'RIP: 0010:[<ffffffff81171b02>]  [<ffffffff81171b02>] find_get+0x42/0xc0' | find_get
        'EIP is at acpi_ns_internalize_name+0xd/0x83'                          | acpi_ns_internalize_name
        'IP: [<f88dec25>] :radeon:radeon_cp_init_ring_buffer+0x90/0x302'       | radeon_cp_init_ring_buffer
        'pc : __raw_readb+0x18/0x2c'                                           | __raw_readb
        'PC is at __raw_readb+0x18/0x2c'                                       | __raw_readb
        'NIP [c000000008068dfc] .eeh_dev_check_failure+0x27c/0x390'            | eeh_dev_check_failure
        'Krnl PSW : 0404c00180000000 0000000000431f8e (scsi_alloc+0x62/0x7c)'  | scsi_alloc
        'epc : do_page_fault+0x10/0x20'                                        | do_page_fault
        """)
    void theTrapsFunctionIsReadInEveryForm(String line, String function) {
        assertThat(TrapLine.parse(line).orElseThrow().function()).isEqualTo(function);
    }

    @Test
    void aUserProgramIsNoTrap() {
        assertThat(TrapLine.parse("RIP: 0033:0x455777")).isEmpty();
        assertThat(TrapLine.parse("RIP: 0033:main+0x1/0x2")).isEmpty();
    }
}

package io.inquest.kernel.stack.orc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Flags as kernels of each era have them (kernel: `arch/x86/include/asm/orc_types.h` of 4.14, 6.3, 6.4, 7.1).
final class OrcLayoutTest {

    @ParameterizedTest
    @EnumSource
    void plainCallIsAWordAboveTheStackPointer(OrcLayout layout) {
        assertThat(layout.decode((short) 8, (short) 0, layout.plainCall())).isEqualTo(OrcEntry.JUST_CALLED);
    }

    @ParameterizedTest
    @CsvSource({
        "ORIGINAL, 0x0014, BP, PREV_SP, CALL, false",
        "ORIGINAL, 0x0105, SP, UNDEFINED, REGISTERS, true",
        "ORIGINAL, 0x0215, SP, PREV_SP, PARTIAL_REGISTERS, true",
        "ORIGINAL, 0x0400, UNDEFINED, UNDEFINED, END_OF_STACK, false",
        "ORIGINAL, 0x0000, UNDEFINED, UNDEFINED, UNDEFINED, false",
        "ORIGINAL, 0x0009, SP_INDIRECT, UNDEFINED, CALL, false",
        "SIGNAL, 0x0505, SP, UNDEFINED, REGISTERS, true",
        "SIGNAL, 0x0105, SP, UNDEFINED, REGISTERS, false",
        "SIGNAL, 0x0800, UNDEFINED, UNDEFINED, END_OF_STACK, false",
        "END_TYPE, 0x0214, BP, PREV_SP, CALL, false",
        "END_TYPE, 0x0b05, SP, UNDEFINED, REGISTERS, true",
        "END_TYPE, 0x0c05, SP, UNDEFINED, PARTIAL_REGISTERS, true",
        "END_TYPE, 0x0100, UNDEFINED, UNDEFINED, END_OF_STACK, false",
        "END_TYPE, 0x0000, UNDEFINED, UNDEFINED, UNDEFINED, false",
        "REORDERED, 0x0284, BP, PREV_SP, CALL, false",
        "REORDERED, 0x0209, SP_INDIRECT, UNDEFINED, CALL, false",
        "REORDERED, 0x0b03, SP, UNDEFINED, REGISTERS, true",
        "REORDERED, 0x0100, UNDEFINED, UNDEFINED, END_OF_STACK, false"
    })
    void flagsMeanWhatTheirKernelSays(
            OrcLayout layout, String flags, OrcRegister base, OrcRegister saved, OrcKind kind, boolean interrupted) {
        OrcEntry entry = layout.decode((short) 24, (short) -16, Integer.decode(flags));

        assertThat(entry).isEqualTo(new OrcEntry(base, 24, saved, -16, kind, interrupted));
    }

    @ParameterizedTest
    @EnumSource
    void anyFlagsDecode(OrcLayout layout) {
        for (int flags = 0; flags <= 0xffff; flags++) {
            assertThat(layout.decode((short) -1, (short) -1, flags).kind()).isNotNull();
        }
    }

    @Test
    void hashesTellTheLayoutsThatHaveOne() {
        assertThat(OrcLayout.ofHash("fe5d32bf581bd63b2ca9a5c65ba5a625eab3fe24")).contains(OrcLayout.END_TYPE);
        assertThat(OrcLayout.ofHash("137c36ad7627c4dd55932176bb0ecdbd5041fc82")).contains(OrcLayout.REORDERED);
        assertThat(OrcLayout.ofHash("db84aed4103b31dd51e017f8f79783ca985c2c51")).contains(OrcLayout.SIGNAL);
        assertThat(List.of(OrcLayout.ofHash(""), OrcLayout.ofHash("00"))).allMatch(found -> found.isEmpty());
    }
}

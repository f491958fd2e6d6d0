package io.inquest.kernel.arch.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Instructions as GNU as encodes them.
final class CallInstructionTest {

    private static byte[] before(String end) {
        byte[] bytes = new byte[CallInstruction.BYTES];
        byte[] tail = HexFormat.of().parseHex(end);
        System.arraycopy(tail, 0, bytes, bytes.length - tail.length, tail.length);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e800000000", // call next
                "ffd0", // call *%rax
                "41ffd4", // call *%r12
                "ff10", // call *(%rax)
                "ff5018", // call *0x18(%rax)
                "ff9080000000", // call *0x80(%rax)
                "41ff9424a0000000", // call *0xa0(%r12), without its prefix
                "ff1500000000", // call *next(%rip)
                "ff14c500000082", // call *table(,%rax,8)
                "ff542408" // call *8(%rsp)
            })
    void callsOfAnyFormAreRecognised(String end) {
        String last = end.length() > 14 ? end.substring(end.length() - 14) : end;
        assertThat(CallInstruction.endsIn(before(last))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "ffe0", "e900000000", "ff30", "4889e5", "ffd090", "c3"})
    void otherInstructionsAreNot(String end) {
        assertThat(CallInstruction.endsIn(before(end))).isFalse();
    }

    @Test
    void targetIsCountedFromTheReturnAddress() {
        assertThat(CallInstruction.target(before("e8f0ffffff"), 0xffff_ffff_8100_1000L))
                .isEqualTo(0xffff_ffff_8100_0ff0L);
        assertThat(CallInstruction.target(before("ffd0"), 0xffff_ffff_8100_1000L))
                .isZero();
    }
}

package io.inquest.kernel.arch.x86_64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Recognises call instructions by their last bytes (AMD64 Architecture Programmer's Manual, volume 3, `CALL`).
///
/// | Bytes                               | Calls                                      |
/// |-------------------------------------|--------------------------------------------|
/// | `E8`, 4 bytes of distance           | the place that far from the end            |
/// | `FF`, ModRM with 2 in bits 3–5, …   | what a register or a word in memory holds  |
final class CallInstruction {

    /// The longest of the forms that compilers write, without prefixes.
    static final int BYTES = 7;

    private static final int NEAR = 0xe8;
    private static final int NEAR_BYTES = 5;
    private static final int INDIRECT = 0xff;

    private CallInstruction() {}

    /// Where the direct call leads that ends with `before`; 0 if it is none.
    static long target(byte[] before, long returnAddress) {
        int at = before.length - NEAR_BYTES;
        if ((before[at] & 0xff) != NEAR) {
            return 0;
        }
        return returnAddress
                + ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 1);
    }

    /// Whether `before` ends with a call of any form.
    static boolean endsIn(byte[] before) {
        if ((before[before.length - NEAR_BYTES] & 0xff) == NEAR) {
            return true;
        }
        for (int length = 2; length <= BYTES; length++) {
            int at = before.length - length;
            if ((before[at] & 0xff) == INDIRECT && indirectBytes(before, at) == length) {
                return true;
            }
        }
        return false;
    }

    /// Bytes of the indirect call at `at`, 0 if its ModRM byte is that of another instruction.
    private static int indirectBytes(byte[] code, int at) {
        int modRm = code[at + 1] & 0xff;
        if ((modRm >>> 3 & 7) != 2) {
            return 0;
        }
        int mode = modRm >>> 6;
        int base = modRm & 7;
        if (mode == 3) {
            return 2;
        }
        int bytes = 2;
        if (base == 4) {
            if (at + 2 >= code.length) {
                return 0;
            }
            base = code[at + 2] & 7;
            bytes++;
        }
        return switch (mode) {
            case 0 -> base == 5 ? bytes + 4 : bytes;
            case 1 -> bytes + 1;
            default -> bytes + 4;
        };
    }
}

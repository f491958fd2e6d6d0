package io.inquest.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An input as a list of changes to bytes that are good otherwise: so that a fuzzer reaches what lies behind
/// magic numbers, checksums and page tables, and an input of a few bytes breaks a machine in one place.
///
/// | Bytes | Meaning                                                                              |
/// |-------|--------------------------------------------------------------------------------------|
/// | 0–3   | bits 0–1: 1, 2, 4 or 8 bytes; bit 2: flip bits instead of overwriting; above: where, modulo the length |
/// | 4–11  | the value                                                                            |
final class Patches {

    private static final int PATCH_BYTES = 12;
    /// More of them make an input slow and not better.
    private static final int MOST = 256;

    private Patches() {}

    /// Takes one byte of a change.
    @FunctionalInterface
    interface Change {
        /// The byte at `at` becomes `value`, or is flipped by it.
        void at(int at, boolean flips, byte value);
    }

    /// Tells the changes that `input` asks of `length` bytes; what is left of it behind the last whole one is
    /// ignored.
    static void each(byte[] input, int length, Change change) {
        ByteBuffer patches = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < MOST && patches.remaining() >= PATCH_BYTES; i++) {
            int how = patches.getInt();
            long value = patches.getLong();
            int at = (how >>> 3) % (length - Long.BYTES);
            for (int b = 0; b < 1 << (how & 3); b++) {
                change.at(at + b, (how & 4) != 0, (byte) (value >>> (b * Byte.SIZE)));
            }
        }
    }

    /// A copy of `good` with the changes that `input` asks for.
    static byte[] apply(byte[] good, byte[] input) {
        byte[] bytes = good.clone();
        each(input, bytes.length, (at, flips, value) -> bytes[at] = (byte) (flips ? bytes[at] ^ value : value));
        return bytes;
    }

    /// A change as bytes of an input: overwrites 8 bytes.
    static byte[] overwrite(int at, long value) {
        return ByteBuffer.allocate(PATCH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(at << 3 | 3)
                .putLong(value)
                .array();
    }
}

package io.inquest.crash.report.death;

import java.util.Optional;

/// Values that say by themselves where they come from.
///
/// | Value                                | Is                                  | Source                     |
/// |--------------------------------------|-------------------------------------|----------------------------|
/// | 0xdead000000000100, …122 (…200)      | a list entry that was removed       | include/linux/poison.h     |
/// | 0x6b in all bytes                    | memory that was freed               | `POISON_FREE`              |
/// | 0x5a in all bytes                    | memory that was never written       | `POISON_INUSE`             |
/// | 0xcc, 0xbb in all bytes              | padding, red zone of a slab object  | `POISON_END`, `SLUB_RED_…` |
/// | 0xaa in all bytes                    | a page that was freed               | `PAGE_POISON`              |
/// | -1 to -4095                          | an error number                     | include/linux/err.h        |
/// | 0xdffffc000000000N                   | KASAN's shadow of a NULL pointer    | `KASAN_SHADOW_OFFSET`      |
/// | eight printable characters           | text written over a pointer         |                            |
public final class KnownValue {

    private static final long LIST_POISON = 0xdead000000000000L;
    private static final long KASAN_SHADOW = 0xdffffc0000000000L;
    private static final long NEAR = 4096;
    private static final long SHADOW_SCALE = 8;
    private static final long LOW_BITS = 0xfff;
    private static final int POISON_FREE = 0x6b;
    private static final int PAGE_POISON = 0xaa;

    private KnownValue() {}

    /// What a register or pointer of this value looks like; empty if it looks like nothing in particular.
    public static Optional<String> describe(long value) {
        if (value == 0) {
            return Optional.of("NULL");
        }
        if (value > 0 && value < NEAR) {
            return Optional.of("NULL, and 0x" + Long.toHexString(value) + " bytes into a structure");
        }
        if (value < 0 && value >= -(NEAR - 1)) {
            return Optional.of(ErrorNumber.describe((int) -value));
        }
        if ((value & ~LOW_BITS) == LIST_POISON) {
            return poisonedList(value & LOW_BITS);
        }
        if ((value & ~LOW_BITS) == KASAN_SHADOW) {
            long pointer = (value & LOW_BITS) * SHADOW_SCALE;
            return Optional.of("KASAN's shadow of 0x" + Long.toHexString(pointer) + ": a NULL pointer");
        }
        return pattern(value).or(() -> text(value));
    }

    /// The same for a register, in which a small number is mostly just that.
    public static Optional<String> ofRegister(long value) {
        return value > 0 && value < NEAR ? Optional.empty() : describe(value);
    }

    private static Optional<String> poisonedList(long low) {
        if (low >= 0x100 && low < 0x110) {
            return Optional.of("LIST_POISON1: the entry was removed from its list before");
        }
        if ((low >= 0x120 && low < 0x130) || (low >= 0x200 && low < 0x210)) {
            return Optional.of("LIST_POISON2: the entry was removed from its list before");
        }
        return Optional.of("near the poison of removed list entries");
    }

    /// Whether it is what memory holds after it was freed: a pointer of this value was read from there.
    static boolean isFreedPattern(long value) {
        int filler = filler(value);
        return filler == POISON_FREE || filler == PAGE_POISON;
    }

    /// The byte that fills the value, -1 if none does. The upper six decide: the lowest two change when a member
    /// of the poisoned structure is accessed.
    private static int filler(long value) {
        int high = (int) (value >>> 56);
        for (int shift = 48; shift > 8; shift -= 8) {
            if ((int) (value >>> shift & 0xff) != high) {
                return -1;
            }
        }
        return high;
    }

    private static Optional<String> pattern(long value) {
        return switch (filler(value)) {
            case POISON_FREE -> Optional.of("the pattern of freed slab memory");
            case 0x5a -> Optional.of("the pattern of slab memory that was never written");
            case 0xcc -> Optional.of("the pattern of padding or of a freed area");
            case 0xbb -> Optional.of("the pattern of a slab object's red zone");
            case PAGE_POISON -> Optional.of("the pattern of a freed page");
            default -> Optional.empty();
        };
    }

    private static Optional<String> text(long value) {
        StringBuilder text = new StringBuilder();
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            int c = (int) (value >>> shift & 0xff);
            if (c < ' ' || c > '~') {
                return Optional.empty();
            }
            text.append((char) c);
        }
        return Optional.of("the text \"" + text + "\"");
    }
}

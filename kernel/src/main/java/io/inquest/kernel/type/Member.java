package io.inquest.kernel.type;

import java.util.function.Supplier;

/// One member of a struct or union.
public final class Member {

    private final String name;
    private final Later<KernelType> type;
    private final long bitOffset;
    private final int bitFieldBits;

    /// `name` is empty for an anonymous struct or union; `bitFieldBits` is 0 where it is no bit field.
    public Member(String name, Supplier<KernelType> type, long bitOffset, int bitFieldBits) {
        this.name = name;
        this.type = new Later<>(type);
        this.bitOffset = bitOffset;
        this.bitFieldBits = bitFieldBits;
    }

    /// Empty for an anonymous struct or union, whose members count as the outer's.
    public String name() {
        return name;
    }

    public KernelType type() {
        return type.get();
    }

    /// Offset in bits from the start of the struct, counted in memory order as BTF does on little-endian
    /// machines.
    public long bitOffset() {
        return bitOffset;
    }

    /// Offset in bytes from the start of the struct; of a bit field, of the byte it begins in.
    public long offset() {
        return bitOffset >> 3;
    }

    public boolean isBitField() {
        return bitFieldBits > 0;
    }

    /// Width of a bit field in bits, 0 for other members.
    public int bitFieldBits() {
        return bitFieldBits;
    }

    /// The same member of an outer struct in which this struct begins `bits` later.
    Member movedBy(long bits) {
        return bits == 0 ? this : new Member(name, type::get, bitOffset + bits, bitFieldBits);
    }
}

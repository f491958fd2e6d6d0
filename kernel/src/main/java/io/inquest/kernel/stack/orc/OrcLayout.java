package io.inquest.kernel.stack.orc;

import static io.inquest.kernel.stack.orc.OrcRegister.AX;
import static io.inquest.kernel.stack.orc.OrcRegister.BP;
import static io.inquest.kernel.stack.orc.OrcRegister.BP_INDIRECT;
import static io.inquest.kernel.stack.orc.OrcRegister.DI;
import static io.inquest.kernel.stack.orc.OrcRegister.DX;
import static io.inquest.kernel.stack.orc.OrcRegister.PREV_SP;
import static io.inquest.kernel.stack.orc.OrcRegister.R10;
import static io.inquest.kernel.stack.orc.OrcRegister.R13;
import static io.inquest.kernel.stack.orc.OrcRegister.SP;
import static io.inquest.kernel.stack.orc.OrcRegister.SP_INDIRECT;
import static io.inquest.kernel.stack.orc.OrcRegister.UNDEFINED;

import java.util.Optional;

/// The layouts that `struct orc_entry` has had (kernel: `arch/x86/include/asm/orc_types.h`).
///
/// | Offset | Size | Member      | Meaning                                  |
/// |-------:|-----:|-------------|------------------------------------------|
/// |      0 |    2 | `sp_offset` | signed                                   |
/// |      2 |    2 | `bp_offset` | signed                                   |
/// |      4 |    2 | flags       | `sp_reg` 0–3, `bp_reg` 4–7, others below |
///
/// | Layout       | Since | Bits of the flags                       | Changed by     |
/// |--------------|-------|-----------------------------------------|----------------|
/// | [#ORIGINAL]  | 4.14  | type 8–9, end 10                        |                |
/// | [#SIGNAL]    | 6.3   | type 8–9, signal 10, end 11             | ffb1b4a41016   |
/// | [#END_TYPE]  | 6.4   | type 8–10 (end is a type), signal 11    | f902cfdd46ae   |
/// | [#REORDERED] | 7.1   | as before, registers in another order   | 1735858caa4b   |
public enum OrcLayout {
    ORIGINAL("4.14", 2, "", 0x0005, Numbering.OLD),
    SIGNAL("6.3", 2, "db84aed4103b31dd51e017f8f79783ca985c2c51", 0x0005, Numbering.OLD),
    END_TYPE("6.4", 3, "fe5d32bf581bd63b2ca9a5c65ba5a625eab3fe24", 0x0205, Numbering.OLD),
    REORDERED("7.1", 3, "137c36ad7627c4dd55932176bb0ecdbd5041fc82", 0x0203, Numbering.NEW);

    private static final int END_OF_ORIGINAL = 1 << 10;
    private static final int SIGNAL_OF_SIGNAL = 1 << 10;
    private static final int BIT_11 = 1 << 11;

    private final String since;
    private final int typeBits;
    private final String hash;
    private final int plainCall;
    private final Numbering numbering;

    OrcLayout(String since, int typeBits, String hash, int plainCall, Numbering numbering) {
        this.since = since;
        this.typeBits = typeBits;
        this.hash = hash;
        this.plainCall = plainCall;
        this.numbering = numbering;
    }

    /// Bytes of a packed entry in all layouts.
    public static final int ENTRY_BYTES = 6;

    /// The layout whose description has that hash, as `.orc_header` of kernel and modules records it since 6.4.
    public static Optional<OrcLayout> ofHash(String hexadecimal) {
        for (OrcLayout layout : values()) {
            if (!layout.hash.isEmpty() && layout.hash.equals(hexadecimal)) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    /// The release of the kernel that first had it; distributions take it to older ones.
    public String since() {
        return since;
    }

    /// The flags of code that has just been called, the first instruction of every function: of each layout the
    /// most frequent flags. The first two layouts have the same.
    public int plainCall() {
        return plainCall;
    }

    /// The hash of the layout's description in hexadecimal; empty where the kernel had none yet.
    public String hash() {
        return hash;
    }

    /// The entry of those fields. Values that no kernel writes come out as [OrcKind#UNDEFINED].
    public OrcEntry decode(short offset, short framePointerOffset, int flags) {
        OrcRegister base = numbering.register(flags & 0xf);
        OrcKind kind = kind(flags, base);
        return new OrcEntry(
                base, offset, numbering.register((flags >>> 4) & 0xf), framePointerOffset, kind, interrupted(flags));
    }

    private OrcKind kind(int flags, OrcRegister base) {
        int type = flags >>> 8 & (1 << typeBits) - 1;
        if (typeBits == 3) {
            return kindByType(type);
        }
        if (base == UNDEFINED) {
            boolean end = (flags & (this == ORIGINAL ? END_OF_ORIGINAL : BIT_11)) != 0;
            return end ? OrcKind.END_OF_STACK : OrcKind.UNDEFINED;
        }
        return kindByType(type + 2);
    }

    private static OrcKind kindByType(int type) {
        OrcKind[] kinds = OrcKind.values();
        return type < kinds.length ? kinds[type] : OrcKind.UNDEFINED;
    }

    private boolean interrupted(int flags) {
        return switch (this) {
            case ORIGINAL -> (flags >>> 8 & 3) != 0;
            case SIGNAL -> (flags & SIGNAL_OF_SIGNAL) != 0;
            case END_TYPE, REORDERED -> (flags & BIT_11) != 0;
        };
    }

    /// Which register a number means, by position.
    private enum Numbering {
        OLD(UNDEFINED, PREV_SP, DX, DI, BP, SP, R10, R13, BP_INDIRECT, SP_INDIRECT, AX),
        NEW(UNDEFINED, AX, DX, SP, BP, DI, R10, R13, PREV_SP, SP_INDIRECT, BP_INDIRECT);

        @SuppressWarnings("ImmutableEnumChecker") // never changed
        private final OrcRegister[] registers;

        Numbering(OrcRegister... registers) {
            this.registers = registers;
        }

        OrcRegister register(int number) {
            return number < registers.length ? registers[number] : UNDEFINED;
        }
    }
}

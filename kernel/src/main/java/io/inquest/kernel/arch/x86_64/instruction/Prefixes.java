package io.inquest.kernel.arch.x86_64.instruction;

import java.util.ArrayList;
import java.util.List;

/// What stands before an opcode: prefixes, REX, VEX, EVEX, and the opcode's map that they tell or that follows.
///
/// A prefix that means nothing for its instruction is written before the mnemonic by its name, as assemblers do;
/// so each use is noted.
///
/// | VEX of 2 bytes | `C5`, `~R ~v~v~v~v L p p`                                          |
/// | VEX of 3 bytes | `C4`, `~R ~X ~B m m m m m`, `W ~v~v~v~v L p p`                     |
/// | EVEX           | `62`, `~R ~X ~B ~R' 0 m m m`, `W ~v~v~v~v 1 p p`, `z L L b ~v' a a a` |
final class Prefixes {

    static final int OPERAND_SIZE = 0x66;
    static final int ADDRESS_SIZE = 0x67;
    static final int LOCK = 0xf0;
    static final int REPNE = 0xf2;
    static final int REP = 0xf3;
    static final int CS = 0x2e;
    static final int DS = 0x3e;

    private static final int ES = 0x26;
    private static final int SS = 0x36;
    private static final int FS = 0x64;
    private static final int GS = 0x65;

    private static final int REX = 0x40;
    private static final int W = 8;
    private static final int R = 4;
    private static final int X = 2;
    private static final int B = 1;
    private static final int MOST = 14;
    private static final int[] MANDATORY = {0, OPERAND_SIZE, REP, REPNE};

    private final List<Integer> unused = new ArrayList<>();
    private final boolean[] present = new boolean[256];
    private final boolean[] used = new boolean[256];
    private int segment;
    private int rex;
    private int rexUsed;
    private Form form = Form.LEGACY;
    private int map;
    private int mandatory;
    private int vector;
    private int vectorBits;
    private int vectorLength;
    private boolean invalid;
    private int opmask;
    private boolean zeroing;
    private boolean broadcast;

    /// How the opcode is encoded.
    enum Form {
        LEGACY,
        VEX,
        EVEX
    }

    private Prefixes() {}

    /// Takes all that is before the opcode.
    static Prefixes read(CodeCursor code) {
        Prefixes prefixes = new Prefixes();
        while (prefixes.takeLegacy(code.peek(0)) && code.length() < MOST) {
            code.next();
        }
        if ((code.peek(0) & 0xf0) == REX) {
            prefixes.rex = code.next();
        }
        prefixes.takeMap(code);
        return prefixes;
    }

    private boolean takeLegacy(int prefix) {
        switch (prefix) {
            case OPERAND_SIZE, ADDRESS_SIZE, LOCK -> {}
            case REPNE, REP -> mandatory = prefix;
            case ES, CS, SS, DS, FS, GS -> segment = prefix;
            default -> {
                return false;
            }
        }
        present[prefix] = true;
        unused.add(prefix);
        return true;
    }

    private void takeMap(CodeCursor code) {
        switch (code.peek(0)) {
            case 0xc5, 0xc4, 0x62 -> takeVector(code);
            case 0x0f -> {
                code.next();
                int second = code.peek(0);
                map = second == 0x38 ? 2 : second == 0x3a ? 3 : 1;
                if (map > 1) {
                    code.next();
                }
            }
            default -> {}
        }
        if (form == Form.LEGACY && mandatory == 0 && present[OPERAND_SIZE]) {
            mandatory = OPERAND_SIZE;
        }
    }

    private void takeVector(CodeCursor code) {
        invalid = rex != 0 || mandatory != 0 || present[OPERAND_SIZE] || present[LOCK];
        int escape = code.next();
        int first = code.next();
        form = escape == 0x62 ? Form.EVEX : Form.VEX;
        rex = REX | (~first >>> 5 & (R | X | B));
        if (escape == 0xc5) {
            rex = REX | (~first >>> 5 & R);
            map = 1;
            takeSecond(first & 0x7f);
        } else {
            map = first & (escape == 0x62 ? 7 : 0x1f);
            takeSecond(code.next());
        }
        if (form == Form.EVEX) {
            takeThird(code.next());
            vectorBits |= (~first & 0x10) != 0 ? 1 << 1 : 0;
            invalid |= (first & 0x08) != 0;
        }
        invalid |= map == 0;
        rexUsed = W | R | X | B;
    }

    private void takeSecond(int second) {
        rex |= second >>> 4 & W;
        vector = ~second >>> 3 & 0xf;
        vectorLength = second >>> 2 & 1;
        mandatory = MANDATORY[second & 3];
    }

    private void takeThird(int third) {
        opmask = third & 7;
        vector |= (~third & 8) << 1;
        broadcast = (third & 0x10) != 0;
        vectorLength = third >>> 5 & 3;
        zeroing = (third & 0x80) != 0;
    }

    Form form() {
        return form;
    }

    /// 0 for opcodes of one byte, 1 for `0F`, 2 for `0F 38`, 3 for `0F 3A`.
    int map() {
        return map;
    }

    boolean invalid() {
        return invalid;
    }

    /// 66, F2 or F3 where it may be part of the opcode; 0 if there is none.
    int mandatory() {
        return mandatory;
    }

    /// The register in VEX or EVEX.
    int vector() {
        return vector;
    }

    /// 0 for vectors of 128 bits, 1 for 256, 2 for 512.
    int vectorLength() {
        return vectorLength;
    }

    /// The register that masks the vector's elements, 0 if none does.
    int opmask() {
        return opmask;
    }

    /// Whether elements that are masked become zero.
    boolean zeroing() {
        return zeroing;
    }

    /// Whether memory is one element, taken for all.
    boolean broadcast() {
        return broadcast;
    }

    boolean has(int prefix) {
        return present[prefix];
    }

    /// Notes that a prefix means something here; of several the last does.
    void use(int prefix) {
        if (present[prefix] && !used[prefix]) {
            used[prefix] = true;
            int last = unused.lastIndexOf(prefix);
            unused.subList(last, last + 1).clear();
        }
    }

    /// Whether operands are of 64 bits.
    boolean wide() {
        rexUsed |= W;
        return (rex & W) != 0;
    }

    /// The high bit of the register that ModRM's middle selects, with that of EVEX for vectors.
    int registerBit(boolean ofVector) {
        rexUsed |= R;
        return ((rex & R) != 0 ? 8 : 0) | (ofVector ? vectorBits << 3 & 0x10 : 0);
    }

    /// The high bit of the register that ModRM's end or the opcode selects.
    int baseBit() {
        rexUsed |= B;
        return (rex & B) != 0 ? 8 : 0;
    }

    int indexBit() {
        rexUsed |= X;
        return (rex & X) != 0 ? 8 : 0;
    }

    /// Whether the registers of one byte are the low ones of all sixteen.
    boolean uniformBytes() {
        rexUsed |= REX;
        return rex != 0;
    }

    /// The segment whose base is added to addresses, empty if none is: in 64-bit mode the others have none.
    String segment() {
        if (segment != FS && segment != GS) {
            return "";
        }
        use(segment);
        return name(segment);
    }

    /// The names of those that meant nothing, each with a space behind it.
    String text(boolean repeats) {
        StringBuilder text = new StringBuilder();
        for (int prefix : unused) {
            text.append(prefix == REP && repeats ? "rep" : name(prefix)).append(' ');
        }
        if (rex != 0 && form == Form.LEGACY && ((rex & 0xf & ~rexUsed) != 0 || (rex == REX && rexUsed == 0))) {
            text.append("rex").append((rex & 0xf) == 0 ? "" : ".");
            text.append((rex & W) != 0 ? "W" : "").append((rex & R) != 0 ? "R" : "");
            text.append((rex & X) != 0 ? "X" : "")
                    .append((rex & B) != 0 ? "B" : "")
                    .append(' ');
        }
        return text.toString();
    }

    private static String name(int prefix) {
        return switch (prefix) {
            case OPERAND_SIZE -> "data16";
            case ADDRESS_SIZE -> "addr32";
            case LOCK -> "lock";
            case REPNE -> "repnz";
            case REP -> "repz";
            case CS -> "cs";
            case DS -> "ds";
            case ES -> "es";
            case SS -> "ss";
            case FS -> "fs";
            default -> "gs";
        };
    }
}

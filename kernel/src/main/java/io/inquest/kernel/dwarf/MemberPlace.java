package io.inquest.kernel.dwarf;

import io.inquest.kernel.elf.SectionCursor;
import java.nio.ByteOrder;

/// Where in its struct a member is.
final class MemberPlace {

    private static final int DW_OP_CONSTU = 0x10;
    private static final int DW_OP_PLUS_UCONST = 0x23;

    private MemberPlace() {}

    /// Offset in bits from the start of the struct.
    ///
    /// Bit fields have `data_bit_offset`, or as before DWARF 4 `bit_offset` from the most significant bit of their
    /// storage unit (DWARF 5, section 5.7.6; DWARF 3, section 5.6.6).
    static long bitOffset(Unit unit, Die die, int bits) {
        if (die.has(Attribute.DATA_BIT_OFFSET)) {
            return die.number(Attribute.DATA_BIT_OFFSET, 0);
        }
        long start = Byte.SIZE * byteOffset(unit, die);
        if (bits == 0 || !die.has(Attribute.BIT_OFFSET)) {
            return start;
        }
        long fromTop = die.number(Attribute.BIT_OFFSET, 0);
        boolean little = unit.file().sections().order() == ByteOrder.LITTLE_ENDIAN;
        return little ? start + Byte.SIZE * die.number(Attribute.BYTE_SIZE, 4) - fromTop - bits : start + fromTop;
    }

    /// A number, or in old files an expression that adds one.
    private static long byteOffset(Unit unit, Die die) {
        int place = die.find(Attribute.DATA_MEMBER_LOCATION);
        if (place < 0 || !Form.isBlock(die.form(place))) {
            return die.number(Attribute.DATA_MEMBER_LOCATION, 0);
        }
        String section = unit.file().sections().nameOf(unit.header().section());
        SectionCursor expression = unit.file().cursor(section).seek(die.value(place));
        int operation = expression.u8();
        return operation == DW_OP_PLUS_UCONST || operation == DW_OP_CONSTU ? expression.uleb() : 0;
    }
}

package io.inquest.kernel.dwarf;

/// The tags of entries that are read here (DWARF 5, section 7.5.3); others are passed over.
final class Tag {

    static final int ARRAY_TYPE = 0x01;
    static final int ENUMERATION_TYPE = 0x04;
    static final int FORMAL_PARAMETER = 0x05;
    static final int LEXICAL_BLOCK = 0x0b;
    static final int MEMBER = 0x0d;
    static final int POINTER_TYPE = 0x0f;
    static final int COMPILE_UNIT = 0x11;
    static final int STRUCTURE_TYPE = 0x13;
    static final int SUBROUTINE_TYPE = 0x15;
    static final int TYPEDEF = 0x16;
    static final int UNION_TYPE = 0x17;
    static final int UNSPECIFIED_PARAMETERS = 0x18;
    static final int INLINED_SUBROUTINE = 0x1d;
    static final int SUBRANGE_TYPE = 0x21;
    static final int BASE_TYPE = 0x24;
    static final int CONST_TYPE = 0x26;
    static final int ENUMERATOR = 0x28;
    static final int SUBPROGRAM = 0x2e;
    static final int VARIABLE = 0x34;
    static final int VOLATILE_TYPE = 0x35;
    static final int RESTRICT_TYPE = 0x37;
    static final int PARTIAL_UNIT = 0x3c;
    static final int ATOMIC_TYPE = 0x47;

    private Tag() {}
}

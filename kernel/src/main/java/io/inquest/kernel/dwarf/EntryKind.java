package io.inquest.kernel.dwarf;

import io.inquest.kernel.type.TypeKind;

/// What a name in the index stands for.
enum EntryKind {
    STRUCT(0),
    UNION(1),
    ENUM(2),
    TYPEDEF(3),
    BASE(4),
    FUNCTION(5),
    VARIABLE(6),
    ENUMERATOR(7);

    private static final EntryKind[] BY_CODE = values();

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    /// Its number in stored indexes, 0 to 7.
    int code() {
        return code;
    }

    static EntryKind ofCode(int code) {
        return BY_CODE[code & 7];
    }

    static EntryKind of(TypeKind kind) {
        return switch (kind) {
            case STRUCT -> STRUCT;
            case UNION -> UNION;
            case ENUM -> ENUM;
            case TYPEDEF -> TYPEDEF;
            case BASE -> BASE;
            case FUNCTION -> FUNCTION;
        };
    }
}

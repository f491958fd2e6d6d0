package io.inquest.kernel.type.btf;

/// Whether bytes can be a type record, told by everything in it: for where records must be found again behind
/// damage.
///
/// Members, parameters and enumerators are records' neighbours that look unlike records: where a record has its
/// kind they have a small id or an offset, whose high byte is 0. What passes by chance does not go on for long.
final class RecordCheck {

    /// That many records one behind the other are no chance.
    private static final int RUN = 6;

    private static final int MOST_INTEGER_BYTES = 16;
    private static final int WORD = Integer.BYTES;
    private static final int RECORD = BtfRecords.BYTES;

    private final BtfSection section;
    private final KindSizes sizes;
    private final int stringStart;
    private final int idEnd;

    /// `stringStart` is where the section's own strings begin to count, `idEnd` a number above all ids.
    RecordCheck(BtfSection section, KindSizes sizes, int stringStart, int idEnd) {
        this.section = section;
        this.sizes = sizes;
        this.stringStart = stringStart;
        this.idEnd = idEnd;
    }

    /// Whether records go on from `at`, up to the end of the types or for long enough.
    boolean beginsRun(int at) {
        int next = at;
        for (int i = 0; i < RUN && next != section.typesEnd(); i++) {
            next = end(next);
            if (next < 0) {
                return false;
            }
        }
        return true;
    }

    /// Where the record at `at` ends by its kind and number of elements alone, -1 if they cannot be.
    int claimedEnd(int at) {
        if (at > section.typesEnd() - RECORD) {
            return -1;
        }
        int info = section.word(at + WORD);
        long more = sizes.bytes(BtfRecords.kindOf(info), BtfRecords.vlenOf(info));
        return more < 0 || more > section.typesEnd() - at - RECORD ? -1 : (int) (at + RECORD + more);
    }

    /// Where the record at `at` ends, -1 if something in it cannot be.
    int end(int at) {
        int end = claimedEnd(at);
        return end >= 0 && isPlausible(at) ? end : -1;
    }

    private boolean isPlausible(int at) {
        int info = section.word(at + WORD);
        int name = section.word(at);
        int sizeOrType = section.word(at + 2 * WORD);
        boolean noElements = BtfRecords.vlenOf(info) == 0;
        return switch (BtfRecords.kindOf(info)) {
            case BtfKind.INT -> isName(name) && noElements && isIntegerSize(sizeOrType) && isEncoding(at);
            case BtfKind.FLOAT -> isName(name) && noElements && isIntegerSize(sizeOrType);
            case BtfKind.PTR, BtfKind.CONST, BtfKind.VOLATILE, BtfKind.RESTRICT ->
                name == 0 && noElements && isId(sizeOrType);
            case BtfKind.ARRAY ->
                name == 0
                        && noElements
                        && sizeOrType == 0
                        && isId(section.word(at + RECORD))
                        && isId(section.word(at + RECORD + WORD));
            case BtfKind.STRUCT, BtfKind.UNION -> isNameOrNone(name) && areMembers(at, info, sizeOrType);
            case BtfKind.ENUM, BtfKind.ENUM64 -> isNameOrNone(name) && isIntegerSize(sizeOrType) && areNames(at, info);
            case BtfKind.FWD -> isName(name) && noElements && sizeOrType == 0;
            case BtfKind.TYPEDEF, BtfKind.TYPE_TAG -> isName(name) && noElements && isId(sizeOrType);
            case BtfKind.VAR, BtfKind.DECL_TAG -> isName(name) && noElements && isId(sizeOrType);
            case BtfKind.FUNC -> isName(name) && BtfRecords.vlenOf(info) <= 2 && isId(sizeOrType);
            case BtfKind.FUNC_PROTO -> name == 0 && isId(sizeOrType) && areParameters(at, info);
            case BtfKind.DATASEC -> isName(name) && areVariables(at, info);
            default -> true;
        };
    }

    private boolean isEncoding(int at) {
        int encoding = section.word(at + RECORD);
        return encoding >>> 28 == 0 && (encoding & 0xff) <= MOST_INTEGER_BYTES * Byte.SIZE;
    }

    private static boolean isIntegerSize(int bytes) {
        return bytes > 0 && bytes <= MOST_INTEGER_BYTES;
    }

    private boolean areMembers(int at, int info, int bytes) {
        long bits = (long) Byte.SIZE * bytes;
        int offsetBits = info < 0 ? 0xffffff : -1;
        for (int i = 0; i < BtfRecords.vlenOf(info); i++) {
            int member = at + RECORD + i * 3 * WORD;
            long offset = Integer.toUnsignedLong(section.word(member + 2 * WORD) & offsetBits);
            if (!isInStrings(section.word(member)) || !isId(section.word(member + WORD)) || offset > bits) {
                return false;
            }
        }
        return bytes >= 0;
    }

    private boolean areNames(int at, int info) {
        int step = BtfKind.elementBytes(BtfRecords.kindOf(info));
        for (int i = 0; i < BtfRecords.vlenOf(info); i++) {
            int name = section.word(at + RECORD + i * step);
            if (name == 0 || !isInStrings(name)) {
                return false;
            }
        }
        return true;
    }

    private boolean areParameters(int at, int info) {
        for (int i = 0; i < BtfRecords.vlenOf(info); i++) {
            int parameter = at + RECORD + i * 2 * WORD;
            if (!isInStrings(section.word(parameter)) || !isId(section.word(parameter + WORD))) {
                return false;
            }
        }
        return true;
    }

    private boolean areVariables(int at, int info) {
        for (int i = 0; i < BtfRecords.vlenOf(info); i++) {
            if (!isId(section.word(at + RECORD + i * 3 * WORD))) {
                return false;
            }
        }
        return true;
    }

    private boolean isId(int id) {
        return id >= 0 && id < idEnd;
    }

    private boolean isNameOrNone(int name) {
        return name == 0 || isName(name);
    }

    /// A whole string, not the end of one: writers of BTF share none.
    private boolean isName(int name) {
        if (name <= 0 || !isInStrings(name)) {
            return false;
        }
        int at = section.header().stringsAt() + name - stringStart;
        return name <= stringStart || section.octet(at - 1) == 0;
    }

    private boolean isInStrings(int name) {
        return name >= 0 && name - stringStart < section.header().stringBytes();
    }
}

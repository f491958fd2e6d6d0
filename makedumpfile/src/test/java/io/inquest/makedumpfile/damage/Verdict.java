package io.inquest.makedumpfile.damage;

/// What became of reading a damaged dump.
enum Verdict {
    /// It is not opened, and a sentence says why.
    REFUSED("refused"),
    /// It is opened, and reading it tells of the damage.
    TOLD("told"),
    /// Reading it tells nothing, but checking it does.
    FOUND("found by verify"),
    /// Nobody tells anything, and nothing is wrong: the byte means nothing.
    HARMLESS("harmless"),
    /// Nobody tells anything, and what that byte holds or describes is wrong: one page, up to eight page frames of a
    /// bitmap, a field of a header or a note.
    IN_PLACE("in its place"),
    /// Nobody tells anything, and other pages are wrong.
    WRONG("wrong"),
    /// An exception that is not documented, or an error.
    CRASH("crash"),
    /// Bytes are read again and again, or nothing happens for a long time.
    HANG("hang");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /// Whether a dump of this origin may end so.
    boolean isAllowed(Specimen.Origin origin) {
        return switch (this) {
            case REFUSED, TOLD, FOUND -> true;
            case HARMLESS, IN_PLACE -> origin == Specimen.Origin.FOREIGN;
            case WRONG, CRASH, HANG -> false;
        };
    }
}

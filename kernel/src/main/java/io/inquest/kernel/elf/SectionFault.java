package io.inquest.kernel.elf;

/// Bytes of a section that cannot be read or make no sense.
///
/// Unchecked, because debug information is read lazily, wherever a type or a line is first asked for, and only the
/// question that asked knows what to do without.
public final class SectionFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SectionFault(String message) {
        super(message);
    }

    public SectionFault(String message, Throwable cause) {
        super(message, cause);
    }
}

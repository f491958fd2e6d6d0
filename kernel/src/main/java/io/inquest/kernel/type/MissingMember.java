package io.inquest.kernel.type;

/// The kernel's type has no member of the names that were tried: another kernel than the question was made for.
///
/// Unchecked, because any access may meet it and only the question that asked knows what to do without.
public final class MissingMember extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private MissingMember(String message) {
        super(message);
    }

    /// `paths` are all names that were tried, the newest first.
    public static MissingMember of(KernelType type, String... paths) {
        return new MissingMember(type.name() + " of this kernel has no member " + String.join(" or ", paths));
    }
}

package io.inquest.kernel.symbol;

/// The kernel has no symbol of a name, or not where it was looked for.
///
/// Unchecked, because any access may meet it and only the question that asked knows what to do without.
public final class MissingSymbol extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MissingSymbol(String name) {
        super("no symbol " + name + " in this kernel");
    }
}

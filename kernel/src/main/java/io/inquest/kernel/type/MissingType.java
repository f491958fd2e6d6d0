package io.inquest.kernel.type;

/// The type information at hand does not describe a type, or not the type of a variable.
public final class MissingType extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MissingType(String message) {
        super(message);
    }
}

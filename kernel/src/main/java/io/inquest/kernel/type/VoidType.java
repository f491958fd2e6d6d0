package io.inquest.kernel.type;

/// `void`.
public record VoidType() implements KernelType {

    public static final VoidType VOID = new VoidType();

    @Override
    public long bytes() {
        return 0;
    }
}

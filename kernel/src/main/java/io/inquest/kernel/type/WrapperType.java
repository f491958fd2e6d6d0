package io.inquest.kernel.type;

/// A type that names or qualifies another: same size, same values.
public sealed interface WrapperType extends KernelType permits TypedefType, QualifiedType {

    /// More than any chain of typedefs has; damaged types may form a ring.
    int LONGEST_CHAIN = 64;

    /// The type that is named or qualified.
    KernelType target();

    @Override
    default long bytes() {
        return plain().bytes();
    }

    @Override
    default KernelType plain() {
        KernelType at = this;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            if (!(at instanceof WrapperType wrapper)) {
                return at;
            }
            at = wrapper.target();
        }
        return VoidType.VOID;
    }
}

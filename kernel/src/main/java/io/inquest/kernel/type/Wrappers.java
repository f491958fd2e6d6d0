package io.inquest.kernel.type;

/// Takes typedefs and qualifiers off a type.
final class Wrappers {

    /// More than any chain of typedefs has; damaged types may form a ring.
    private static final int LONGEST_CHAIN = 64;

    private Wrappers() {}

    static KernelType strip(KernelType type) {
        KernelType at = type;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            if (at instanceof TypedefType typedef) {
                at = typedef.target();
            } else if (at instanceof QualifiedType qualified) {
                at = qualified.target();
            } else {
                return at;
            }
        }
        return VoidType.VOID;
    }
}

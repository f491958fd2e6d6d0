package io.inquest.kernel.type;

import java.util.function.Supplier;

/// A type with one qualifier before it.
public final class QualifiedType implements WrapperType {

    /// The qualifiers of C.
    public enum Qualifier {
        CONST,
        VOLATILE,
        RESTRICT,
        ATOMIC;

        @Override
        public String toString() {
            return switch (this) {
                case CONST -> "const";
                case VOLATILE -> "volatile";
                case RESTRICT -> "restrict";
                case ATOMIC -> "_Atomic";
            };
        }
    }

    private final Qualifier qualifier;
    private final Later<KernelType> target;

    public QualifiedType(Qualifier qualifier, Supplier<KernelType> target) {
        this.qualifier = qualifier;
        this.target = new Later<>(target);
    }

    public Qualifier qualifier() {
        return qualifier;
    }

    @Override
    public KernelType target() {
        return target.get();
    }

    @Override
    public String toString() {
        return name();
    }
}

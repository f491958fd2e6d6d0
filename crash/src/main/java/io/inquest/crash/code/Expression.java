package io.inquest.crash.code;

import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.VoidType;
import java.util.Optional;

/// A value as the source might have it.
///
/// @param text in C: `file->f_op`
/// @param type of it; [VoidType] where nobody tells it
public record Expression(String text, KernelType type) {

    /// As a declaration: `struct file *file`; without a type where that is not known.
    public String declaration() {
        return type instanceof VoidType ? text : type.declare(text);
    }

    /// The struct that it points at, if it does.
    public Optional<StructType> pointee() {
        return type.plain() instanceof PointerType pointer
                        && pointer.target().plain() instanceof StructType struct
                        && struct.isComplete()
                ? Optional.of(struct)
                : Optional.empty();
    }

    /// The member that is at a distance from this pointer.
    public Optional<Expression> member(long offset, int bytes) {
        return pointee()
                .flatMap(struct -> MemberAt.find(struct, offset, bytes))
                .map(member -> new Expression(text + "->" + member.path(), member.type()));
    }
}

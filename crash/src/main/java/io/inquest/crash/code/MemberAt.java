package io.inquest.crash.code;

import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import java.util.Optional;

/// The innermost member of a struct at an offset.
///
/// @param path as C writes it behind the struct: `f_path.dentry`, `bits[1]`
/// @param type of the member
/// @param into bytes from the member's start
public record MemberAt(String path, KernelType type, long into) {

    private static final int DEEPEST = 16;

    /// The member where an access of so many bytes begins; of a union's the first that has just this size.
    public static Optional<MemberAt> find(StructType struct, long offset, int bytes) {
        return find(struct, offset, bytes, 0).filter(found -> !found.path.isEmpty());
    }

    private static Optional<MemberAt> find(KernelType type, long offset, int bytes, int depth) {
        KernelType plain = type.plain();
        if (depth > DEEPEST || offset < 0 || (offset >= plain.bytes() && plain.bytes() > 0)) {
            return Optional.empty();
        }
        if (plain instanceof ArrayType array && array.element().bytes() > 0) {
            long index = offset / array.element().bytes();
            return find(array.element(), offset % array.element().bytes(), bytes, depth + 1)
                    .map(found -> found.behind("[" + index + "]"));
        }
        return plain instanceof StructType struct
                ? member(struct, offset, bytes, depth)
                : Optional.of(new MemberAt("", type, offset));
    }

    private static Optional<MemberAt> member(StructType struct, long offset, int bytes, int depth) {
        Optional<MemberAt> first = Optional.empty();
        for (Member member : struct.members()) {
            if (offset < member.offset()
                    || offset - member.offset() >= Math.max(1, member.type().bytes())) {
                continue;
            }
            Optional<MemberAt> found = find(member.type(), offset - member.offset(), bytes, depth + 1)
                    .map(inner -> inner.behind(member.name()));
            if (found.isPresent() && found.get().into == 0 && found.get().type.bytes() == bytes) {
                return found;
            }
            first = first.or(() -> found);
        }
        return first;
    }

    private MemberAt behind(String outer) {
        String separator = outer.isEmpty() || path.isEmpty() || path.startsWith("[") ? "" : ".";
        return new MemberAt(outer + separator + path, type, into);
    }
}

package io.inquest.kernel.type.btf;

import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.FloatType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.StructType.Keyword;
import io.inquest.kernel.type.TypeKind;

/// The section `.BTF.base` of a module's file (since 6.11, commit 51d65049a5e1): what the module needs of the
/// kernel it was built for, in stubs, so that it also fits another one.
///
/// A stub has the kind, name and size of a type, no members; a size of 0 where only pointers lead to it.
final class DistilledBase {

    private DistilledBase() {}

    /// The type of the running kernel that a stub stands for; the stub itself when the kernel has none like it.
    static KernelType fitted(KernelType stub, Btf kernel) {
        return switch (stub) {
            case StructType struct -> {
                boolean union = struct.keyword() == Keyword.UNION;
                yield like(stub, kernel, union ? TypeKind.UNION : TypeKind.STRUCT, struct.tag());
            }
            case EnumType enumeration -> like(stub, kernel, TypeKind.ENUM, enumeration.tag());
            case IntegerType integer -> like(stub, kernel, TypeKind.BASE, integer.keyword());
            case FloatType real -> like(stub, kernel, TypeKind.BASE, real.keyword());
            default -> stub;
        };
    }

    private static KernelType like(KernelType stub, Btf kernel, TypeKind kind, String name) {
        for (KernelType candidate : kernel.named(kind, name)) {
            if (stub.bytes() == 0 || stub.bytes() == candidate.bytes()) {
                return candidate;
            }
        }
        return stub;
    }
}

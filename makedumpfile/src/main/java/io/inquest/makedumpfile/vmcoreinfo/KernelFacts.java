package io.inquest.makedumpfile.vmcoreinfo;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.Symbols;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// What the keys of vmcoreinfo are made of: a kernel's symbols and types, wherever they come from.
///
/// @param symbol address of a symbol
public record KernelFacts(Function<String, OptionalLong> symbol, Types types) {

    /// What a dump tells of its own kernel, with addresses as that kernel had them.
    public static KernelFacts of(Kernel kernel) throws IOException {
        Symbols symbols = kernel.symbols();
        return new KernelFacts(symbols::address, kernel.types());
    }

    /// Size in bytes of a struct, or of what a typedef names.
    OptionalLong size(String name) {
        Optional<StructType> struct = types.findStruct(name);
        if (struct.isPresent()) {
            return OptionalLong.of(struct.get().bytes());
        }
        return first(TypeKind.TYPEDEF, name)
                .map(KernelType::bytes)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /// The member at `struct.path`; the struct may be named by a typedef.
    private Optional<Member> member(String struct, String path) {
        Optional<StructType> tagged = types.structWith(struct, path);
        if (tagged.isPresent()) {
            return tagged.get().memberAt(path);
        }
        return first(TypeKind.TYPEDEF, struct)
                .map(KernelType::plain)
                .filter(StructType.class::isInstance)
                .flatMap(plain -> ((StructType) plain).memberAt(path));
    }

    /// Offset in bytes of the member at `struct.path`.
    OptionalLong offset(String struct, String path) {
        Optional<Member> member = member(struct, path);
        return member.isPresent() ? OptionalLong.of(member.get().offset()) : OptionalLong.empty();
    }

    /// Number of elements of an array member.
    OptionalLong memberLength(String struct, String path) {
        return length(member(struct, path).map(Member::type));
    }

    /// Number of elements of an array variable.
    OptionalLong variableLength(String name) {
        return length(types.variable(name));
    }

    private static OptionalLong length(Optional<KernelType> type) {
        return type.isPresent() && type.get().plain() instanceof ArrayType array && array.length() > 0
                ? OptionalLong.of(array.length())
                : OptionalLong.empty();
    }

    OptionalLong enumerator(String name) {
        return types.enumerator(name);
    }

    private Optional<KernelType> first(TypeKind kind, String name) {
        List<KernelType> found = types.named(kind, name);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }
}

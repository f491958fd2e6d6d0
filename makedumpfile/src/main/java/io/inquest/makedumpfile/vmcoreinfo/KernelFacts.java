package io.inquest.makedumpfile.vmcoreinfo;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.VmlinuxFile;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.symbol.SymbolTable;
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
import java.util.function.LongPredicate;

/// What the keys of vmcoreinfo are made of: a kernel's symbols and types, wherever they come from.
///
/// @param symbol address of a symbol
/// @param sectionSizeBits log2 of the bytes of a sparse memory section, where the architecture is known
public record KernelFacts(Function<String, OptionalLong> symbol, Types types, OptionalLong sectionSizeBits) {

    /// What a dump tells of its own kernel, with addresses as that kernel had them.
    public static KernelFacts of(Kernel kernel) throws IOException {
        Symbols symbols = kernel.symbols();
        return new KernelFacts(
                symbols::address, kernel.types(), sectionSizeBits(kernel.machine(), kernel.vmcoreInfo()));
    }

    /// What a vmlinux tells, with addresses that KASLR moved by `moved` bytes.
    public static KernelFacts of(VmlinuxFile vmlinux, Machine machine, long moved) throws IOException {
        SymbolTable linked = vmlinux.image().symbols();
        LongPredicate isImageAddress = moved == 0 ? address -> false : Architectures.of(machine)::isImageAddress;
        Function<String, OptionalLong> symbol = name -> {
            OptionalLong address = linked.address(name);
            return address.isPresent() && isImageAddress.test(address.getAsLong())
                    ? OptionalLong.of(address.getAsLong() + moved)
                    : address;
        };
        return new KernelFacts(symbol, vmlinux.types(), sectionSizeBits(machine, VmcoreInfo.parse("")));
    }

    private static OptionalLong sectionSizeBits(Machine machine, VmcoreInfo info) {
        try {
            return OptionalLong.of(Architectures.of(machine).defaultSectionSizeBits(info));
        } catch (DumpException unknownMachine) {
            return OptionalLong.empty();
        }
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

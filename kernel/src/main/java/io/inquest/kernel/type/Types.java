package io.inquest.kernel.type;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The types of the dead kernel out of all descriptions at hand, the most trusted first.
public final class Types {

    private final List<TypeSource> sources;
    private final int pointerBytes;
    private final Map<String, Optional<StructType>> structs = new ConcurrentHashMap<>();

    /// `pointerBytes` is the machine's pointer size.
    public Types(List<TypeSource> sources, int pointerBytes) {
        this.sources = List.copyOf(sources);
        this.pointerBytes = pointerBytes;
    }

    public List<TypeSource> sources() {
        return sources;
    }

    public int pointerBytes() {
        return pointerBytes;
    }

    /// The struct or union of that tag, or of that typedef (`atomic_t`), if one is defined.
    public Optional<StructType> findStruct(String tag) {
        return structs.computeIfAbsent(tag, this::lookUpStruct);
    }

    /// The struct or union of that tag, or [MissingType].
    public StructType struct(String tag) {
        return findStruct(tag)
                .orElseThrow(() -> new MissingType("no struct " + tag + " in the type information of this kernel"));
    }

    /// The one among structs of the same tag that has a member; C files may define different structs of one name.
    public Optional<StructType> structWith(String tag, String member) {
        return structs(tag)
                .filter(struct -> struct.memberAt(member).isPresent())
                .findFirst();
    }

    private Optional<StructType> lookUpStruct(String tag) {
        return structs(tag).filter(StructType::isComplete).findFirst();
    }

    /// All of that tag: a source may only declare what another defines. A typedef of a struct without a tag counts.
    private Stream<StructType> structs(String tag) {
        return Stream.of(TypeKind.STRUCT, TypeKind.UNION, TypeKind.TYPEDEF)
                .flatMap(kind -> sources.stream().flatMap(source -> source.named(kind, tag).stream()))
                .map(KernelType::plain)
                .filter(StructType.class::isInstance)
                .map(StructType.class::cast);
    }

    /// All types of that kind and name, from the first source that has one.
    public List<KernelType> named(TypeKind kind, String name) {
        for (TypeSource source : sources) {
            List<KernelType> found = source.named(kind, name);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /// The type of a global or per-CPU variable.
    public Optional<KernelType> variable(String name) {
        for (TypeSource source : sources) {
            Optional<KernelType> found = source.variable(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    public OptionalLong enumerator(String name) {
        for (TypeSource source : sources) {
            OptionalLong found = source.enumerator(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    /// Tells `visitor` each name of a kind, in no order, some more than once.
    public void names(TypeKind kind, Consumer<String> visitor) {
        sources.forEach(source -> source.names(kind, visitor));
    }

    public PointerType pointerTo(KernelType target) {
        return new PointerType(() -> target, pointerBytes);
    }

    /// The type that a C type name means: `struct task_struct *`, `unsigned long`, `u64 [16]`, `pid_t`.
    ///
    /// Empty when it is not a type name or the kernel has no such type.
    public Optional<KernelType> find(String typeName) {
        return new TypeNameParser(this, typeName).parse();
    }

    /// The type that a C type name means, or [MissingType].
    public KernelType require(String typeName) {
        return find(typeName)
                .orElseThrow(
                        () -> new MissingType("no type \"" + typeName + "\" in the type information of this kernel"));
    }
}

package io.inquest.kernel.type;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// One description of the kernel's types: the BTF of vmlinux or of a module, the DWARF of a debug file.
///
/// Safe for many threads. Damaged descriptions answer with what is whole and never throw for the rest.
public interface TypeSource {

    /// What it is, for `sys --sources`: `BTF of vmlinux (118,488 types)`.
    String describe();

    /// Whether some of it is lost, so that a type or member that it lacks may be one that the kernel has.
    default boolean isDamaged() {
        return false;
    }

    /// All types of that kind and name, those that are defined before those only declared.
    ///
    /// There may be several: C files may define different structs of one name.
    List<KernelType> named(TypeKind kind, String name);

    /// The type of a global or per-CPU variable, if the description covers it.
    Optional<KernelType> variable(String name);

    /// The value of an enumerator of any enumeration.
    OptionalLong enumerator(String name);

    /// Tells `visitor` each name of a kind, in no order, some more than once.
    void names(TypeKind kind, Consumer<String> visitor);
}

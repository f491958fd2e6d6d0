package io.inquest.crash.value;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.Types;
import java.util.Optional;

/// What the names in an expression mean.
public interface Scope {

    Types types();

    /// The memory that pointers lead into.
    AddressSpace space();

    /// The global variable or function of that name; of type `void` when its address is known and its type is
    /// not.
    Optional<KernelObject> variable(String name);

    /// An earlier answer, `$3` or, for 0, the last one.
    default Optional<Value> answer(int number) {
        return Optional.empty();
    }
}

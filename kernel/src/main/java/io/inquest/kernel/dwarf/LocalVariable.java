package io.inquest.kernel.dwarf;

import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.KernelType;
import java.util.Optional;

/// A parameter or local variable of a function, at one place in the code.
///
/// @param function its function, which may be inlined into another
/// @param name as the source has it
/// @param parameter whether it is a parameter
/// @param object its value, or where it is; empty where the debug information does not tell or what it needs is
///     lost
/// @param missing why there is no value, half a sentence; "" where there is one
public record LocalVariable(
        String function,
        String name,
        KernelType type,
        boolean parameter,
        Optional<KernelObject> object,
        String missing) {}

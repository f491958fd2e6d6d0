package io.inquest.kernel.arch;

import java.util.List;

/// The registers of a machine type in the order of its notes and of its `struct pt_regs`.
///
/// @param names in lower case, as the machine's manual spells them: `rip`, `r15`
/// @param instructionPointer number of the one that says where the processor is
/// @param stackPointer number of the stack pointer
/// @param framePointer number of the one that kernels with frame pointers keep it in
public record RegisterNames(List<String> names, int instructionPointer, int stackPointer, int framePointer) {

    public RegisterNames {
        names = List.copyOf(names);
    }

    public int count() {
        return names.size();
    }

    /// The number of the register of that name.
    ///
    /// Throws an [IllegalArgumentException] if the machine has none such, which is the caller's mistake.
    public int number(String name) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("no register " + name);
        }
        return number;
    }
}

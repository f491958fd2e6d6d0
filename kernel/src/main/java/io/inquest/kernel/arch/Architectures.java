package io.inquest.kernel.arch;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.kernel.arch.x86_64.X86_64;
import java.util.List;
import java.util.Optional;

/// All architectures whose kernels can be read.
public final class Architectures {

    private static final List<Architecture> ALL = List.of(new X86_64());

    private Architectures() {}

    /// The architecture of that name, as `uname -m` gives it.
    public static Optional<Architecture> find(String name) {
        return ALL.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst();
    }

    /// The architecture of a dump's machine, or a [DumpException] that lists the known ones.
    public static Architecture of(Machine machine) throws DumpException {
        StringBuilder known = new StringBuilder();
        for (Architecture architecture : ALL) {
            if (architecture.name().equals(machine.name())) {
                return architecture;
            }
            known.append(known.isEmpty() ? "" : ", ").append(architecture.name());
        }
        throw new DumpException("the dump is of a machine of type " + machine.name()
                + ", whose page tables are not known here; known: " + known);
    }
}

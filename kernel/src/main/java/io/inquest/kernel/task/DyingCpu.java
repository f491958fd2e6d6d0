package io.inquest.kernel.task;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.task.Cpus.Dying;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Finds the CPU on which the kernel died.
///
/// | Asked in this order | Since | Holds -1 until                                     |
/// |---------------------|-------|----------------------------------------------------|
/// | `panic_cpu`         | 4.5   | `panic` or `crash_kexec` (1717f2096b54)            |
/// | `crashing_cpu`      | 2.6   | the other CPUs are stopped; x86 and arm64          |
/// | the log             |       | `CPU: N PID: P Comm: X` below the last disaster    |
final class DyingCpu {

    private final Kernel kernel;
    private final List<Cpu> cpus;

    DyingCpu(Kernel kernel, List<Cpu> cpus) {
        this.kernel = kernel;
        this.cpus = cpus;
    }

    Optional<Dying> find() throws IOException {
        for (String variable : List.of("panic_cpu", "crashing_cpu")) {
            Optional<Dying> found = dying(value(variable), variable);
            if (found.isPresent()) {
                return found;
            }
        }
        return dying(ofLog(), "the log");
    }

    /// Empty also where the log is lost: what asks for the CPU needs no log.
    private OptionalInt ofLog() throws IOException {
        try {
            return CpuOfLog.last(KernelLog.open(kernel));
        } catch (DumpException | MemoryFault lost) {
            return OptionalInt.empty();
        }
    }

    private OptionalInt value(String variable) throws IOException {
        OptionalLong address = kernel.symbols().core().address(variable);
        try {
            return address.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(kernel.space().readInt(address.getAsLong()));
        } catch (MemoryFault lost) {
            return OptionalInt.empty();
        }
    }

    private Optional<Dying> dying(OptionalInt number, String source) {
        return number.isEmpty()
                ? Optional.empty()
                : cpus.stream()
                        .filter(cpu -> cpu.number() == number.getAsInt())
                        .findFirst()
                        .map(cpu -> new Dying(cpu, source));
    }
}

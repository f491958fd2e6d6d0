package io.inquest.kernel.object;

import io.inquest.dump.DumpException;
import io.inquest.kernel.Hex;
import java.util.Optional;

/// Where each CPU has its copy of a per-CPU variable or allocation.
///
/// The address that a symbol or a `__percpu` pointer gives is the same for all CPUs; a CPU's own copy is
/// `__per_cpu_offset[cpu]` further on, modulo 2^64. On x86-64 the symbols began at 0 until 6.14
/// (`fixed_percpu_data`) and have been addresses of the kernel image since 6.15 (commit 9d7de2aa8b41): that sum is
/// the same for both. A kernel for one processor has no such array, and one copy.
///
/// Entries of CPUs that cannot exist hold what the linker left there, so only the possible ones are answered.
public final class PerCpu {

    private final Optional<KernelObject> offsets;
    private final CpuMask possible;

    private PerCpu(Optional<KernelObject> offsets, CpuMask possible) {
        this.offsets = offsets;
        this.possible = possible;
    }

    /// By the array `__per_cpu_offset`, whatever its type says.
    public static PerCpu of(KernelObject offsets, CpuMask possible) {
        return new PerCpu(Optional.of(offsets), possible);
    }

    /// Of a kernel for one processor.
    public static PerCpu single() {
        return new PerCpu(Optional.empty(), CpuMask.ofFirst(1));
    }

    /// The CPUs that can be asked for.
    public CpuMask possible() {
        return possible;
    }

    /// The address of a CPU's own copy of what is at `address` for all.
    ///
    /// Throws a [DumpException] when there can be no such CPU, a [io.inquest.dump.MemoryFault] when its offset
    /// cannot be read.
    public long address(long address, int cpu) throws DumpException {
        if (!possible.contains(cpu)) {
            throw new DumpException("CPU " + cpu + " has no copy of what is per CPU at " + Hex.of(address)
                    + ": this kernel's CPUs are " + possible);
        }
        return offsets.map(array -> address + array.word(cpu)).orElse(address);
    }

    /// A CPU's own copy of a per-CPU object.
    public KernelObject of(KernelObject object, int cpu) throws DumpException {
        return KernelObject.at(object.space(), object.type(), address(object.address(), cpu));
    }
}

package io.inquest.kernel.task;

import io.inquest.kernel.arch.Registers;

/// The registers of a CPU when the kernel died.
///
/// @param pid the thread that ran on it, as its note says: 0 for an idle CPU; of a hypervisor's note the CPU's
///     number plus 1
/// @param source who saved them, in the words of a message: `crash_notes` or `NT_PRSTATUS`
public record CpuRegisters(Registers registers, int pid, String source) {}

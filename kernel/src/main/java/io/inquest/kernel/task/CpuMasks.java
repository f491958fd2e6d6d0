package io.inquest.kernel.task;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.CpuMask;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// Which CPUs are possible, present, online (kernel: `kernel/cpu.c`).
///
/// The masks are bit maps at `__cpu_possible_mask` and so on since 4.5 (c4c54dd1caf1), at `cpu_possible_bits` and
/// so on before; their bits count up to `nr_cpu_ids`. A kernel for one CPU has none of these.
final class CpuMasks {

    private static final KernelType BYTE = new IntegerType("unsigned char", 1, false, IntegerType.Use.NUMBER);

    private final Kernel kernel;
    private final CpuMask possible;
    private final CpuMask present;
    private final CpuMask online;

    CpuMasks(Kernel kernel) throws IOException {
        this.kernel = kernel;
        this.possible = kernel.perCpu().possible();
        this.present = mask("present");
        this.online = mask("online");
    }

    List<Integer> possible() {
        return possible.cpus();
    }

    boolean isPresent(int cpu) {
        return present.contains(cpu);
    }

    boolean isOnline(int cpu) {
        return online.contains(cpu);
    }

    private CpuMask mask(String name) throws IOException {
        OptionalLong address = kernel.symbols().core().address("__cpu_" + name + "_mask");
        if (address.isEmpty()) {
            address = kernel.symbols().core().address("cpu_" + name + "_bits");
        }
        if (address.isEmpty()) {
            return possible;
        }
        int limit = possible.cpus().isEmpty() ? 0 : possible.cpus().getLast() + 1;
        KernelType words = new ArrayType(() -> BYTE, (limit + Long.SIZE - 1) / Long.SIZE * (long) Long.BYTES);
        return CpuMask.read(KernelObject.at(kernel.space(), words, address.getAsLong()), limit);
    }
}

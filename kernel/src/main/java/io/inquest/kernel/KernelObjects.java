package io.inquest.kernel;

import io.inquest.kernel.object.CpuMask;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.PerCpu;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.symbol.Symbols;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// The variables of a dead kernel as typed objects.
final class KernelObjects {

    private static final IntegerType UNSIGNED_INT =
            new IntegerType("unsigned int", Integer.BYTES, false, IntegerType.Use.NUMBER);

    /// For a kernel that does not say how many CPUs it can have.
    private static final int MOST_CPUS = 8192;

    private final Kernel kernel;

    KernelObjects(Kernel kernel) {
        this.kernel = kernel;
    }

    /// The variable of that name, if there is such a symbol.
    Optional<KernelObject> find(String symbol) throws IOException {
        OptionalLong address = kernel.symbols().address(symbol);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        KernelType type = kernel.types()
                .variable(symbol)
                .orElseThrow(() -> new MissingType("no description of the type of the variable " + symbol));
        return Optional.of(KernelObject.at(kernel.space(), type, address.getAsLong()));
    }

    KernelObject require(String symbol) throws IOException {
        return find(symbol).orElseThrow(() -> new MissingSymbol(symbol));
    }

    /// Whether each CPU has its own copy of what a symbol names: its address is within a section that is bounded by
    /// two symbols, that of a module's within what was allocated for the module.
    boolean isPerCpu(String name) throws IOException {
        Symbols symbols = kernel.symbols();
        Optional<Symbol> symbol = symbols.find(name);
        if (symbol.isEmpty() || symbols.address("__per_cpu_offset").isEmpty()) {
            return false;
        }
        long address = symbol.get().address();
        String module = symbol.get().module();
        if (!module.isEmpty()) {
            return kernel.modules()
                    .find(module)
                    .filter(owner -> isWithin(address, owner.perCpu(), owner.perCpu() + owner.perCpuBytes()))
                    .isPresent();
        }
        OptionalLong start = symbols.address("__per_cpu_start");
        OptionalLong end = symbols.address("__per_cpu_end");
        return start.isPresent() && end.isPresent() && isWithin(address, start.getAsLong(), end.getAsLong());
    }

    private static boolean isWithin(long address, long start, long end) {
        return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
    }

    /// The areas of the CPUs.
    PerCpu perCpu() throws IOException {
        OptionalLong offsets = kernel.symbols().address("__per_cpu_offset");
        return offsets.isEmpty()
                ? PerCpu.single()
                : PerCpu.of(KernelObject.at(kernel.space(), VoidType.VOID, offsets.getAsLong()), possible());
    }

    /// `__cpu_possible_mask` since 4.5 (commit 5aec01b83476), `cpu_possible_bits` before.
    private CpuMask possible() throws IOException {
        int limit = cpuLimit();
        for (String symbol : new String[] {"__cpu_possible_mask", "cpu_possible_bits"}) {
            OptionalLong address = kernel.symbols().address(symbol);
            if (address.isPresent()) {
                KernelType words = new ArrayType(() -> UNSIGNED_INT, (limit + 63) / 64 * 2L);
                return CpuMask.read(KernelObject.at(kernel.space(), words, address.getAsLong()), limit);
            }
        }
        throw new MissingSymbol("__cpu_possible_mask");
    }

    private int cpuLimit() throws IOException {
        OptionalLong address = kernel.symbols().address("nr_cpu_ids");
        if (address.isEmpty()) {
            return MOST_CPUS;
        }
        int ids = KernelObject.at(kernel.space(), UNSIGNED_INT, address.getAsLong())
                .intValue();
        return ids > 0 && ids <= MOST_CPUS ? ids : MOST_CPUS;
    }
}

package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.kernel.symbol.Symbols;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.KernelBtf;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// The types of a dead kernel from the sources that there are.
final class KernelTypes {

    private KernelTypes() {}

    /// Those of the kernel itself.
    static Types open(Kernel kernel) throws IOException {
        return new Types(List.of(btf(kernel)), kernel.machine().wordBytes());
    }

    private static Btf btf(Kernel kernel) throws IOException {
        OptionalLong start = address(kernel, "__start_BTF");
        OptionalLong stop = address(kernel, "__stop_BTF");
        return start.isPresent() && stop.isPresent()
                ? KernelBtf.between(kernel.space(), kernel.vmcoreInfo(), start.getAsLong(), stop.getAsLong())
                : KernelBtf.scan(kernel.space(), kernel.vmcoreInfo());
    }

    /// Types are found without symbols too.
    private static OptionalLong address(Kernel kernel, String symbol) throws IOException {
        Symbols symbols;
        try {
            symbols = kernel.symbols();
        } catch (DumpException none) {
            return OptionalLong.empty();
        }
        return symbols.address(symbol);
    }
}

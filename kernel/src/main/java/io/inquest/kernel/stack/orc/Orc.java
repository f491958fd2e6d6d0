package io.inquest.kernel.stack.orc;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.module.Module;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.symbol.Symbols;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/// The ORC tables of the dead kernel: its own and those of its modules.
///
/// | Of      | Where                                                                                      |
/// |---------|--------------------------------------------------------------------------------------------|
/// | kernel  | `__start_orc_unwind_ip` to `__stop_orc_unwind_ip`, `__start_orc_unwind` to `__stop_orc_unwind` |
/// | modules | `struct module`, `arch.orc_unwind_ip`, `arch.orc_unwind`, `arch.num_orcs`                  |
///
/// A table that cannot be read answers nothing, so that other ways are tried.
public final class Orc implements OrcSource {

    private final Kernel kernel;
    private final LongPredicate isImageAddress;
    private final OrcTable core;
    private final OrcLayout layout;
    private final String source;
    private final Map<Long, Optional<OrcTable>> modules = new ConcurrentHashMap<>();

    private Orc(Kernel kernel, OrcTable core, OrcLayout layout, String source) throws IOException {
        this.kernel = kernel;
        this.isImageAddress = kernel.architecture()::isImageAddress;
        this.core = core;
        this.layout = layout;
        this.source = source;
    }

    /// The tables of a kernel; empty if it has none, as those of other machines and those with frame pointers.
    public static Optional<Orc> of(Kernel kernel) throws IOException {
        Symbols symbols = kernel.symbols();
        OptionalLong addresses = symbols.core().address("__start_orc_unwind_ip");
        OptionalLong addressesEnd = symbols.core().address("__stop_orc_unwind_ip");
        OptionalLong entries = symbols.core().address("__start_orc_unwind");
        OptionalLong entriesEnd = symbols.core().address("__stop_orc_unwind");
        if (addresses.isEmpty() || addressesEnd.isEmpty() || entries.isEmpty() || entriesEnd.isEmpty()) {
            return Optional.empty();
        }
        long count = (addressesEnd.getAsLong() - addresses.getAsLong()) / Integer.BYTES;
        if (count != (entriesEnd.getAsLong() - entries.getAsLong()) / OrcLayout.ENTRY_BYTES) {
            return Optional.empty();
        }
        Optional<OrcTable> table = OrcTable.of(kernel.space(), addresses.getAsLong(), entries.getAsLong(), count);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<OrcLayoutSearch.Found> found =
                OrcLayoutSearch.find(kernel.space(), symbols.core()::address, table.get());
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new Orc(
                        kernel, table.get(), found.get().layout(), found.get().source()));
    }

    /// The layout of the entries, and who told it, in words for `sys --sources`.
    public String source() {
        return "ORC since " + layout.since() + " (" + source + "), " + core.count() + " entries";
    }

    public OrcLayout layout() {
        return layout;
    }

    @Override
    public Optional<OrcEntry> at(long codeAddress) {
        try {
            Optional<OrcTable> table = tableFor(codeAddress);
            if (table.isEmpty()) {
                return Optional.empty();
            }
            int index = table.get().find(codeAddress);
            return index < 0 ? Optional.empty() : Optional.of(table.get().entry(index, layout));
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }

    private Optional<OrcTable> tableFor(long codeAddress) {
        if (isImageAddress.test(codeAddress)) {
            return Optional.of(core);
        }
        try {
            Optional<Module> module = kernel.modules().at(codeAddress);
            return module.flatMap(owner -> modules.computeIfAbsent(owner.address(), ignored -> tableOf(owner)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Optional<OrcTable> tableOf(Module module) {
        KernelObject struct = module.struct();
        if (!struct.has("arch.num_orcs")) {
            return Optional.empty();
        }
        return OrcTable.of(
                struct.space(),
                struct.member("arch.orc_unwind_ip").unsigned(),
                struct.member("arch.orc_unwind").unsigned(),
                struct.member("arch.num_orcs").unsigned());
    }
}

package io.inquest.kernel.stack;

import io.inquest.kernel.symbol.SymbolTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The functions whose addresses tracers put on stacks in place of return addresses, to see functions return.
///
/// | Function                   | Put there by                                  | Original kept in          |
/// |----------------------------|-----------------------------------------------|---------------------------|
/// | `return_to_handler`        | the function graph tracer                     | `task_struct.ret_stack`   |
/// | `arch_rethook_trampoline`  | kretprobes and fprobes since 5.18             | `task_struct.rethooks`    |
/// | `__kretprobe_trampoline`   | kretprobes since 5.16                         | as for the next           |
/// | `kretprobe_trampoline`     | kretprobes before                             | see [ProbedReturns]       |
final class ReturnTrampolines {

    static final ReturnTrampolines NONE = new ReturnTrampolines(Map.of());

    private final Map<Long, FoundBy> hooks;

    ReturnTrampolines(Map<Long, FoundBy> hooks) {
        this.hooks = Map.copyOf(hooks);
    }

    /// Those that a kernel has.
    static ReturnTrampolines of(SymbolTable symbols) {
        Map<Long, FoundBy> hooks = new HashMap<>();
        add(hooks, symbols, "return_to_handler", FoundBy.GRAPH_TRACER);
        add(hooks, symbols, "arch_rethook_trampoline", FoundBy.RETURN_PROBE);
        add(hooks, symbols, "__kretprobe_trampoline", FoundBy.RETURN_PROBE);
        add(hooks, symbols, "kretprobe_trampoline", FoundBy.RETURN_PROBE);
        return new ReturnTrampolines(hooks);
    }

    private static void add(Map<Long, FoundBy> hooks, SymbolTable symbols, String name, FoundBy hook) {
        symbols.address(name).ifPresent(address -> hooks.put(address, hook));
    }

    /// Who puts a return address like this one on stacks: where the address replaced by it is to be found.
    Optional<FoundBy> at(long returnAddress) {
        return Optional.ofNullable(hooks.get(returnAddress));
    }
}

package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The return addresses that tracers took away from the stack of one task, or of a CPU while it ran that task.
///
/// Both kinds of hooks may lie on one another: what the graph tracer replaced may be the trampoline of a return
/// probe, and the other way round.
final class ReturnHooks {

    /// Gives the task whose stack it is; asked only when a hook is met.
    @FunctionalInterface
    interface Owner {
        KernelObject task() throws IOException;
    }

    /// One of the graph tracer and those of probes before and behind it.
    private static final int MOST_ON_ONE_ANOTHER = 4;

    /// For stacks on which no tracer is minded.
    static final ReturnHooks NONE =
            new ReturnHooks(ReturnTrampolines.NONE, new Types(List.of(), Long.BYTES), Optional.empty(), () -> {
                throw new IllegalStateException("there are no hooks");
            });

    private final ReturnTrampolines trampolines;
    private final Types types;
    private final ProbedReturns probed;
    private final Owner owner;

    /// `probes` is `kretprobe_inst_table` of kernels that have it.
    ReturnHooks(ReturnTrampolines trampolines, Types types, Optional<KernelObject> probes, Owner owner) {
        this.trampolines = trampolines;
        this.types = types;
        this.probed = new ProbedReturns(types, probes);
        this.owner = owner;
    }

    /// Who put this return address there, if it is no function's that calls.
    Optional<FoundBy> at(long returnAddress) {
        return trampolines.at(returnAddress);
    }

    /// The address that would be at `slot` without hooks, empty if it cannot be told.
    ///
    /// @param hook the hook whose trampoline is there
    /// @param slot where on the stack the return address is
    OptionalLong replacedAt(long slot, FoundBy hook) {
        FoundBy current = hook;
        for (int i = 0; i < MOST_ON_ONE_ANOTHER; i++) {
            OptionalLong found = taken(slot, current);
            FoundBy next = found.isPresent() ? trampolines.at(found.getAsLong()).orElse(null) : null;
            if (next == null) {
                return found;
            }
            current = next;
        }
        return OptionalLong.empty();
    }

    private OptionalLong taken(long slot, FoundBy hook) {
        try {
            KernelObject task = owner.task();
            return hook == FoundBy.GRAPH_TRACER
                    ? GraphedReturns.find(task, types, slot)
                    : probed.find(
                            task, slot, address -> trampolines.at(address).equals(Optional.of(FoundBy.RETURN_PROBE)));
        } catch (MemoryFault | MissingMember | MissingType lost) {
            return OptionalLong.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

package io.inquest.kernel.stack;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.Chain;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/// What return probes keep of the functions that a task is in (kernel: `kernel/trace/rethook.c`,
/// `kernel/kprobes.c`).
///
/// | Since | A list of                    | Whose head is                           | Place on the stack |
/// |-------|------------------------------|-----------------------------------------|--------------------|
/// | 5.18  | `struct rethook_node`        | `task_struct.rethooks`                  | `frame`            |
/// | 5.11  | `struct kretprobe_instance`  | `task_struct.kretprobe_instances`       | `fp`               |
/// |       | `struct kretprobe_instance`  | in `kretprobe_inst_table`, of all tasks | `fp`               |
///
/// Several probes on one function are several entries of one place; all but one have a trampoline's address.
final class ProbedReturns {

    private final Types types;
    private final Optional<KernelObject> table;

    /// `table` is `kretprobe_inst_table` of kernels that have it.
    ProbedReturns(Types types, Optional<KernelObject> table) {
        this.types = types;
        this.table = table;
    }

    /// `kretprobe_inst_table` of a kernel that has it; the kernel's `KPROBE_TABLE_SIZE` is 64.
    static Optional<KernelObject> table(Kernel kernel) throws IOException {
        OptionalLong address = kernel.symbols().core().address("kretprobe_inst_table");
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(kernel.object("struct hlist_head [64]", address.getAsLong()));
    }

    /// The address that was at `slot` of the task's stack; empty if no probe knows of one.
    OptionalLong find(KernelObject task, long slot, LongPredicate isTrampoline) {
        OptionalLong found = inList(task, "rethooks", "rethook_node", "frame", slot, isTrampoline);
        if (found.isEmpty()) {
            found = inList(task, "kretprobe_instances", "kretprobe_instance", "fp", slot, isTrampoline);
        }
        return found.isEmpty() && table.isPresent() ? inTable(table.get(), task, slot, isTrampoline) : found;
    }

    /// A kernel with rethooks has both lists, and a `kretprobe_instance` that is on the first.
    private OptionalLong inList(
            KernelObject task, String head, String entry, String place, long slot, LongPredicate isTrampoline) {
        Optional<StructType> type = types.structWith(entry, place);
        Optional<KernelObject> list = task.find(head);
        return type.isEmpty() || list.isEmpty()
                ? OptionalLong.empty()
                : first(Chain.entries(list.get(), type.get(), "llist"), place, slot, isTrampoline);
    }

    private OptionalLong inTable(KernelObject heads, KernelObject task, long slot, LongPredicate isTrampoline) {
        StructType type = types.struct("kretprobe_instance");
        for (long i = 0; i < heads.length(); i++) {
            Walk<KernelObject> bucket = Chain.entries(heads.element(i), type, "hlist")
                    .filter(each -> each.member("task").unsigned() == task.address());
            OptionalLong found = first(bucket, "fp", slot, isTrampoline);
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong first(Walk<KernelObject> entries, String place, long slot, LongPredicate isTrampoline) {
        return entries.first(entry -> entry.member(place).unsigned() == slot
                        && !isTrampoline.test(entry.member("ret_addr").unsigned()))
                .map(entry -> OptionalLong.of(entry.member("ret_addr").unsigned()))
                .orElse(OptionalLong.empty());
    }
}

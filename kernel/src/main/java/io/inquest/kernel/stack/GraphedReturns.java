package io.inquest.kernel.stack;

import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.util.Optional;
import java.util.OptionalLong;

/// What the function graph tracer keeps of a task's calls (kernel: `kernel/trace/fgraph.c`).
///
/// `task_struct.ret_stack` grows upward. Its type tells how:
///
/// | Since | `ret_stack` is                                  | `curr_ret_stack` is                  |
/// |-------|-------------------------------------------------|--------------------------------------|
/// |       | an array of `struct ftrace_ret_stack`           | the index of the last one, -1: none  |
/// | 6.11  | words (42675b723b48)                            | the index of the first free word     |
///
/// In the latter a last word lies behind each struct, and behind what tracers keep of that call:
///
/// | Bits | Meaning                                         |
/// |------|-------------------------------------------------|
/// | 0–9  | words from that word down to the struct's start |
/// | 10–  | not needed here                                 |
///
/// `retp` in the struct (x86: since 4.8) is where on the stack the return address was that `ret` has now.
final class GraphedReturns {

    /// No `ret_stack` has room for more (`SHADOW_STACK_SIZE`, `FTRACE_RETFUNC_DEPTH`).
    private static final int MOST_CALLS = 4096;

    private static final int DISTANCE_MASK = 0x3ff;

    private GraphedReturns() {}

    /// The address that was at `slot` of the task's stack; empty if the tracer knows of none.
    static OptionalLong find(KernelObject task, Types types, long slot) {
        Optional<KernelObject> stack = task.find("ret_stack");
        if (stack.isEmpty() || stack.get().isZero()) {
            return OptionalLong.empty();
        }
        int last = task.member("curr_ret_stack").intValue();
        boolean ofStructs = stack.get().type().plain() instanceof PointerType pointer
                && pointer.target().plain() instanceof StructType;
        return ofStructs ? amongStructs(stack.get(), last, slot) : amongWords(types, stack.get(), last, slot);
    }

    private static OptionalLong amongStructs(KernelObject stack, int last, long slot) {
        for (int i = Math.min(last, MOST_CALLS - 1); i >= 0; i--) {
            KernelObject call = stack.element(i);
            if (call.member("retp").unsigned() == slot) {
                return OptionalLong.of(call.member("ret").unsigned());
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong amongWords(Types types, KernelObject words, int free, long slot) {
        StructType type = types.struct("ftrace_ret_stack");
        int at = free <= MOST_CALLS ? free : 0;
        while (at > 0) {
            at--;
            int distance = (int) words.element(at).unsigned() & DISTANCE_MASK;
            if (distance == 0 || distance > at) {
                return OptionalLong.empty();
            }
            at -= distance;
            KernelObject call = words.element(at).as(type);
            if (call.member("retp").unsigned() == slot) {
                return OptionalLong.of(call.member("ret").unsigned());
            }
        }
        return OptionalLong.empty();
    }
}

package io.inquest.crash.code;

import io.inquest.kernel.arch.CallingConvention;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Instruction.Flow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// What the registers and the stack of a function hold before each of its instructions, in terms of its arguments.
///
/// All ways through the function are followed; where two meet that disagree, nothing is known. Ways through
/// computed jumps are not seen, so that the answer is a good guess and not more.
public final class ValueFlow {

    private static final int MOST_STEPS = 200_000;

    private final List<Instruction> code;
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final Map<Integer, FrameValues> before = new HashMap<>();
    private final CallingConvention convention;
    private final LongPredicate isTracer;

    /// @param code of a whole function
    /// @param isTracer whether the function at an address changes no registers, like those that trace calls
    public ValueFlow(List<Instruction> code, CallingConvention convention, LongPredicate isTracer) {
        this.code = code;
        this.convention = convention;
        this.isTracer = isTracer;
        for (int i = 0; i < code.size(); i++) {
            numbers.put(code.get(i).address(), i);
        }
        follow();
    }

    /// What is known before an instruction; nothing of one that no way leads to.
    public FrameValues before(long address) {
        Integer number = numbers.get(address);
        FrameValues values = number == null ? null : before.get(number);
        return values == null ? FrameValues.nothing() : values;
    }

    private void follow() {
        Deque<Integer> next = new ArrayDeque<>();
        if (!code.isEmpty()) {
            before.put(0, FrameValues.atEntry(convention));
            next.add(0);
        }
        for (int steps = 0; !next.isEmpty() && steps < MOST_STEPS; steps++) {
            int at = next.remove();
            Instruction instruction = code.get(at);
            FrameValues values = before(instruction.address()).copy();
            boolean traced = instruction.target().isPresent()
                    && isTracer.test(instruction.target().getAsLong());
            if (instruction.flow() != Flow.CALL || !traced) {
                new Step(instruction, values, convention).take();
            }
            if (instruction.flow() != Flow.JUMP && instruction.flow() != Flow.RETURN) {
                reach(at + 1, values, next);
            }
            if (instruction.flow() == Flow.JUMP || instruction.flow() == Flow.BRANCH) {
                reach(numberOf(instruction.target()), values, next);
            }
        }
    }

    private int numberOf(OptionalLong target) {
        return target.isEmpty() ? -1 : numbers.getOrDefault(target.getAsLong(), -1);
    }

    private void reach(int number, FrameValues values, Deque<Integer> next) {
        if (number < 0 || number >= code.size()) {
            return;
        }
        @Nullable FrameValues known = before.get(number);
        if (known == null) {
            before.put(number, values.copy());
            next.add(number);
        } else if (known.keepCommon(values)) {
            next.add(number);
        }
    }
}

package io.inquest.crash.code;

import io.inquest.kernel.arch.CallingConvention;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Instruction.Flow;
import io.inquest.kernel.arch.Operand;
import java.util.List;
import java.util.Optional;

/// What one instruction makes of the values that are known.
///
/// Understood are moves, additions of numbers, the stack's instructions and calls, in the spelling of x86; whatever
/// else writes makes unknown what it writes.
final class Step {

    private static final int WORD = Long.BYTES;

    private final Instruction instruction;
    private final List<Operand> operands;
    private final FrameValues values;
    private final CallingConvention convention;

    Step(Instruction instruction, FrameValues values, CallingConvention convention) {
        this.instruction = instruction;
        this.operands = instruction.operands();
        this.values = values;
        this.convention = convention;
    }

    void take() {
        switch (instruction.mnemonic()) {
            case "push" -> push();
            case "pop" -> pop();
            case "leave" -> leave();
            case "call" -> call();
            default -> compute();
        }
    }

    private void push() {
        Optional<Value> pushed = value(operands.getFirst());
        values.moveStack(-WORD);
        values.stackOffset().ifPresent(offset -> values.setSlot(offset, pushed));
    }

    private void pop() {
        Optional<Value> popped = values.stackOffset().flatMap(values::slot);
        write(operands.getFirst(), popped);
        values.moveStack(WORD);
    }

    private void leave() {
        values.set("rsp", values.register("rbp").map(frame -> frame.add(WORD)));
        values.set("rbp", Optional.empty());
    }

    private void call() {
        values.keepPreserved(convention);
        instruction
                .target()
                .ifPresent(function ->
                        values.set(convention.result(), Optional.of(new Value(new Origin.Result(function), 0))));
    }

    private void compute() {
        Optional<Value> result = result();
        for (Operand operand : operands) {
            if (operand.access().writes()) {
                write(operand, result);
            }
        }
        instruction.changes().forEach(register -> values.set(register, Optional.empty()));
    }

    /// What is written, of instructions that write but one operand.
    private Optional<Value> result() {
        if (operands.size() != 2 || instruction.flow() != Flow.NEXT) {
            return Optional.empty();
        }
        Operand source = operands.get(0);
        Optional<Value> target = value(operands.get(1));
        return switch (instruction.mnemonic()) {
            case "mov" -> value(source);
            case "lea" -> address(source);
            case "add" -> number(source).flatMap(number -> target.map(value -> value.add(number)));
            case "sub" -> number(source).flatMap(number -> target.map(value -> value.add(-number)));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> number(Operand operand) {
        return operand instanceof Operand.Immediate immediate ? Optional.of(immediate.value()) : Optional.empty();
    }

    private Optional<Value> value(Operand operand) {
        return switch (operand) {
            case Operand.Register register when register.bytes() == WORD -> values.register(register.name());
            case Operand.Memory memory when memory.bytes() == WORD -> loaded(memory);
            default -> Optional.empty();
        };
    }

    private Optional<Value> loaded(Operand.Memory memory) {
        if (memory.fixed().isPresent()) {
            boolean perCpu = !memory.segment().isEmpty();
            return Optional.of(new Value(new Origin.Variable(memory.fixed().getAsLong(), perCpu), 0));
        }
        Optional<Value> address = memory.segment().isEmpty() ? address(memory) : Optional.empty();
        if (address.isPresent() && address.get().origin() instanceof Origin.Stack) {
            return values.slot(address.get().plus());
        }
        return address.filter(Value::mayBeFollowed).map(pointer -> pointer.loaded(0));
    }

    /// Where a place in memory is, if it is at a distance from a value that is known.
    private Optional<Value> address(Operand operand) {
        return operand instanceof Operand.Memory memory && memory.index().isEmpty()
                ? values.register(memory.base()).map(base -> base.add(memory.displacement()))
                : Optional.empty();
    }

    private void write(Operand operand, Optional<Value> value) {
        switch (operand) {
            case Operand.Register register ->
                values.set(register.name(), register.bytes() == WORD ? value : Optional.empty());
            case Operand.Memory memory ->
                address(memory)
                        .filter(place -> place.origin() instanceof Origin.Stack)
                        .ifPresent(place ->
                                values.setSlot(place.plus(), memory.bytes() == WORD ? value : Optional.empty()));
            default -> {}
        }
    }
}

package io.inquest.crash.code;

import io.inquest.kernel.arch.CallingConvention;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the registers hold, and the slots of a function's stack frame, counted from where its return address is.
public final class FrameValues {

    private static final String STACK_POINTER = "rsp";

    private final Map<String, Value> registers;
    private final Map<Long, Value> slots;

    private FrameValues(Map<String, Value> registers, Map<Long, Value> slots) {
        this.registers = registers;
        this.slots = slots;
    }

    static FrameValues nothing() {
        return new FrameValues(new HashMap<>(), new HashMap<>());
    }

    /// When a function is called.
    static FrameValues atEntry(CallingConvention convention) {
        FrameValues values = nothing();
        for (int i = 0; i < convention.arguments().size(); i++) {
            values.registers.put(convention.arguments().get(i), new Value(new Origin.Argument(i), 0));
        }
        values.registers.put(STACK_POINTER, new Value(new Origin.Stack(), 0));
        return values;
    }

    FrameValues copy() {
        return new FrameValues(new HashMap<>(registers), new HashMap<>(slots));
    }

    /// Where a register's value comes from, by the register's full name; empty if that is not known.
    public Optional<Value> register(String name) {
        return Optional.ofNullable(registers.get(name));
    }

    void set(String register, Optional<Value> value) {
        if (value.isPresent()) {
            registers.put(register, value.get());
        } else {
            registers.remove(register);
        }
    }

    Optional<Value> slot(long offset) {
        return Optional.ofNullable(slots.get(offset));
    }

    void setSlot(long offset, Optional<Value> value) {
        if (value.isPresent()) {
            slots.put(offset, value.get());
        } else {
            slots.remove(offset);
        }
    }

    void moveStack(long bytes) {
        set(STACK_POINTER, register(STACK_POINTER).map(pointer -> pointer.add(bytes)));
    }

    /// How far the stack pointer is from where it was when the function was called.
    Optional<Long> stackOffset() {
        return register(STACK_POINTER)
                .filter(pointer -> pointer.origin() instanceof Origin.Stack)
                .map(Value::plus);
    }

    /// What a called function may have changed is forgotten.
    void keepPreserved(CallingConvention convention) {
        registers.keySet().retainAll(convention.preserved());
    }

    /// Forgets what another way here disagrees with; whether that changed anything.
    boolean keepCommon(FrameValues other) {
        boolean fewer =
                registers.entrySet().removeIf(entry -> !entry.getValue().equals(other.registers.get(entry.getKey())));
        return slots.entrySet().removeIf(entry -> !entry.getValue().equals(other.slots.get(entry.getKey()))) || fewer;
    }
}

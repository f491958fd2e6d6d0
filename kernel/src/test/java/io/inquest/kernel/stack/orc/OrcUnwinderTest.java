package io.inquest.kernel.stack.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.stack.FrameState;
import io.inquest.kernel.stack.StackMemory;
import io.inquest.kernel.stack.Step;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One entry of each kind (kernel: `arch/x86/kernel/unwind_orc.c`).
final class OrcUnwinderTest {

    private static final long STACK = 0xffff_c900_0001_0000L;
    private static final long IRQ_STACK = 0xffff_c900_0002_0000L;
    private static final long CODE = 0xffff_ffff_8100_1234L;
    private static final long CALLER = 0xffff_ffff_8100_5678L;

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final StackRules rules = rules();
    private StackMemory stacks = new StackMemory(new FlatSpace(memory, 8), List.of());

    private static StackRules rules() {
        try {
            return Architectures.of(new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, 8, 12))
                    .stackRules();
        } catch (DumpException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @BeforeEach
    void twoStacks() {
        memory.reserve(STACK, 0x4000);
        memory.reserve(IRQ_STACK, 0x4000);
        stacks = new StackMemory(
                new FlatSpace(memory, 8),
                List.of(
                        new StackArea(StackArea.Kind.TASK, "TASK", STACK, STACK + 0x4000),
                        new StackArea(StackArea.Kind.IRQ, "IRQ", IRQ_STACK, IRQ_STACK + 0x4000)));
    }

    private Step step(OrcEntry entry, Registers registers) {
        OrcUnwinder unwinder = new OrcUnwinder(address -> Optional.of(entry), rules);
        return unwinder.callerOf(new FrameState(registers, false), stacks);
    }

    private Registers at(long stackPointer, long framePointer) {
        return Registers.caller(rules.registerNames(), CODE, stackPointer)
                .with(rules.registerNames().framePointer(), framePointer);
    }

    private static FrameState caller(Step step) {
        assertThat(step).isInstanceOf(Step.Caller.class);
        return ((Step.Caller) step).state();
    }

    @Test
    void callByTheStackPointerKeepsTheFramePointer() {
        memory.put64(STACK + 0x110, CALLER);
        OrcEntry entry = new OrcEntry(OrcRegister.SP, 0x18, OrcRegister.UNDEFINED, 0, OrcKind.CALL, false);

        Step step = step(entry, at(STACK + 0x100, 42));

        assertThat(caller(step).address()).isEqualTo(CALLER);
        assertThat(caller(step).stackPointer()).isEqualTo(STACK + 0x118);
        assertThat(caller(step).registers().framePointer()).isEqualTo(42);
        assertThat(((Step.Caller) step).slot()).isEqualTo(STACK + 0x110);
    }

    @Test
    void callByTheFramePointerRestoresIt() {
        memory.put64(STACK + 0x200, 43);
        memory.put64(STACK + 0x208, CALLER);
        OrcEntry entry = new OrcEntry(OrcRegister.BP, 16, OrcRegister.PREV_SP, -16, OrcKind.CALL, false);

        FrameState caller = caller(step(entry, at(STACK + 0x100, STACK + 0x200)));

        assertThat(caller.address()).isEqualTo(CALLER);
        assertThat(caller.stackPointer()).isEqualTo(STACK + 0x210);
        assertThat(caller.registers().framePointer()).isEqualTo(43);
    }

    @Test
    void linkAtTheTopOfTheIrqStackLeadsToTheStackThatWasLeft() {
        memory.put64(IRQ_STACK + 0x3ff8, STACK + 0x300);
        memory.put64(STACK + 0x310, CALLER);
        OrcEntry entry = new OrcEntry(OrcRegister.SP_INDIRECT, 0x18, OrcRegister.UNDEFINED, 0, OrcKind.CALL, false);

        FrameState caller = caller(step(entry, at(IRQ_STACK + 0x3ff8, 0)));

        assertThat(caller.address()).isEqualTo(CALLER);
        assertThat(caller.stackPointer()).isEqualTo(STACK + 0x318);
    }

    /// Until 5.11 the offset belonged to the address of the link.
    @Test
    void linkOfOldKernelsIsTakenWhereTheNewRuleLeadsNowhere() {
        memory.put64(STACK + 0x108, STACK + 0x320);
        memory.put64(STACK + 0x318, CALLER);
        OrcEntry entry = new OrcEntry(OrcRegister.SP_INDIRECT, 8, OrcRegister.UNDEFINED, 0, OrcKind.CALL, false);

        assertThat(caller(step(entry, at(STACK + 0x100, 0))).address()).isEqualTo(CALLER);
    }

    @Test
    void registerBlockGivesAllRegistersOfWhatWasInterrupted() {
        long block = STACK + 0x400;
        for (int i = 0; i < 21; i++) {
            memory.put64(block + 8L * i, 0x100 + i);
        }
        memory.put64(block + 128, CALLER);
        memory.put64(block + 136, 0x10);
        memory.put64(block + 152, STACK + 0x800);
        OrcEntry entry = new OrcEntry(OrcRegister.SP, 8, OrcRegister.UNDEFINED, 0, OrcKind.REGISTERS, true);

        Step step = step(entry, at(block - 8, 0));

        assertThat(caller(step).interrupted()).isTrue();
        assertThat(caller(step).address()).isEqualTo(CALLER);
        assertThat(caller(step).stackPointer()).isEqualTo(STACK + 0x800);
        assertThat(caller(step).registers().find("r10")).hasValue(0x107);
        assertThat(((Step.Caller) step).slot()).isEqualTo(STACK + 0x800);
    }

    @Test
    void partialBlockGivesWhatTheProcessorPushed() {
        long place = STACK + 0x500;
        memory.put64(place, CALLER);
        memory.put64(place + 8, 0x10);
        memory.put64(place + 24, STACK + 0x900);
        OrcEntry entry = new OrcEntry(OrcRegister.SP, 0, OrcRegister.UNDEFINED, 0, OrcKind.PARTIAL_REGISTERS, true);

        FrameState caller = caller(step(entry, at(place, 44)));

        assertThat(caller.address()).isEqualTo(CALLER);
        assertThat(caller.stackPointer()).isEqualTo(STACK + 0x900);
        assertThat(caller.registers().framePointer()).isEqualTo(44);
        assertThat(caller.registers().find("rax")).isEmpty();
    }

    @Test
    void registerThatIsNotKnownLeadsNowhere() {
        OrcEntry entry = new OrcEntry(OrcRegister.R10, 0, OrcRegister.UNDEFINED, 0, OrcKind.CALL, false);

        assertThat(step(entry, at(STACK, 0))).isInstanceOf(Step.Unknown.class);

        memory.put64(STACK + 0x5f8, CALLER);
        Registers known = at(STACK, 0).with(rules.registerNames().number("r10"), STACK + 0x600);
        assertThat(caller(step(entry, known)).address()).isEqualTo(CALLER);
    }

    @Test
    void memoryOutsideOfTheStacksIsNotRead() {
        OrcEntry entry = new OrcEntry(OrcRegister.SP, 0x4000, OrcRegister.BP, 0, OrcKind.CALL, false);

        assertThatThrownBy(() -> step(entry, at(STACK + 0x10, 0))).isInstanceOf(MemoryFault.class);
    }

    @Test
    void endsAreEnds() {
        OrcEntry end = new OrcEntry(OrcRegister.UNDEFINED, 0, OrcRegister.UNDEFINED, 0, OrcKind.END_OF_STACK, false);
        OrcEntry nothing = new OrcEntry(OrcRegister.UNDEFINED, 0, OrcRegister.UNDEFINED, 0, OrcKind.UNDEFINED, false);

        assertThat(step(end, at(STACK, 0))).isEqualTo(new Step.EndOfStack());
        assertThat(step(nothing, at(STACK, 0))).isInstanceOf(Step.Unknown.class);
    }
}

package io.inquest.kernel.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.stack.FrameState;
import io.inquest.kernel.stack.StackMemory;
import io.inquest.kernel.stack.Step;
import io.inquest.testkit.SyntheticMemory;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers and variables of `visit_shape` in `shapes.c`, as `readelf -wfo` and the disassembly tell: it saves
/// rbx, in which `sum` is.
final class CompiledLocalsTest {

    private static final long STACK = 0xffff_c900_0001_0000L;
    private static final long TEXT = 0x1000;
    private static final long CALLER = 0x5678;

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final FlatSpace space = new FlatSpace(memory, 8);
    private final StackMemory stacks =
            new StackMemory(space, List.of(new StackArea(StackArea.Kind.TASK, "TASK", STACK, STACK + 0x4000)));
    private final StackRules rules = rules();

    private static StackRules rules() {
        try {
            return Architectures.of(new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, 8, 12))
                    .stackRules();
        } catch (DumpException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @BeforeEach
    void savedRegistersAndReturnAddress() {
        memory.reserve(STACK, 0x4000);
        memory.put64(STACK + 0x100, 0xbbbb);
        memory.put64(STACK + 0x108, CALLER);
    }

    private static Dwarf dwarf(byte[] object) throws IOException {
        ElfObject placed = ElfObject.open(new MemorySource("vmlinux", object))
                .placedAt(name -> name.equals(".text") ? OptionalLong.of(TEXT) : OptionalLong.empty());
        return Dwarf.open(placed, SupplementaryFiles.NONE, IndexStore.NONE);
    }

    private FrameState at(long offset, long stackPointer) {
        Registers registers = Registers.caller(rules.registerNames(), TEXT + offset, stackPointer)
                .with(rules.registerNames().number("rbx"), 7)
                .with(rules.registerNames().number("rdi"), 0x4000)
                .with(rules.registerNames().number("rsi"), 3)
                .with(rules.registerNames().number("r12"), 12)
                .with(rules.registerNames().number("rax"), 99);
        return new FrameState(registers, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes-dwarf4.o", "shapes-dwarf5.o", "shapes-dwarf64.o", "shapes-zdebug.o"})
    void callerAndItsRegistersAreFound(String object) throws IOException {
        CfiUnwinder unwinder = new CfiUnwinder(dwarf(Fixtures.bytes(object)), 0, rules);
        Step.Caller caller = (Step.Caller) unwinder.callerOf(at(0x10, STACK + 0x100), stacks);
        assertThat(caller.slot()).isEqualTo(STACK + 0x108);
        assertThat(caller.state().address()).isEqualTo(CALLER);
        assertThat(caller.state().stackPointer()).isEqualTo(STACK + 0x110);
        assertThat(caller.state().interrupted()).isFalse();
        assertThat(caller.state().registers().find("rbx")).hasValue(0xbbbb);
        assertThat(caller.state().registers().find("r12")).hasValue(12);
        assertThat(caller.state().registers().find("rax")).isEmpty();
    }

    @Test
    void beforeTheFirstInstructionNothingIsSavedYet() throws IOException {
        CfiUnwinder unwinder = new CfiUnwinder(dwarf(Fixtures.bytes("shapes-dwarf5.o")), 0, rules);
        Step.Caller caller = (Step.Caller) unwinder.callerOf(at(0, STACK + 0x108), stacks);
        assertThat(caller.state().address()).isEqualTo(CALLER);
        assertThat(caller.state().registers().find("rbx")).hasValue(7);
    }

    @Test
    void codeThatIsNotCoveredIsLeftToOthers() throws IOException {
        CfiUnwinder unwinder = new CfiUnwinder(dwarf(Fixtures.bytes("shapes-dwarf5.o")), 0, rules);
        assertThat(unwinder.callerOf(at(0x1000, STACK + 0x100), stacks))
                .isEqualTo(new Step.Unknown("no call frame information covers the code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes-dwarf4.o", "shapes-dwarf5.o", "shapes-dwarf64.o", "shapes-zlib.o"})
    void variablesAreWhereTheListsSay(String object) throws IOException {
        Dwarf dwarf = dwarf(Fixtures.bytes(object));
        Locals locals = new Locals(dwarf, new CfiUnwinder(dwarf, 0, rules), space, 0);
        assertThat(told(locals.of(at(0x10, STACK + 0x100), OptionalLong.empty())))
                .containsExactly(
                        "visit_shape struct shape *s = 4000", "visit_shape int depth = 3", "visit_shape int sum = 7");
        assertThat(told(locals.of(at(0x25, STACK + 0x100), OptionalLong.empty())))
                .containsExactly(
                        "visit_shape struct shape *s: only its value at the entry of the function is told",
                        "visit_shape int depth: only its value at the entry of the function is told",
                        "visit_shape int sum = 7");
        assertThat(locals.of(at(0x1000, STACK + 0x100), OptionalLong.empty())).isEmpty();
    }

    @Test
    void variablesOfInlinedFunctionsComeFirst() throws IOException {
        Dwarf dwarf = dwarf(Fixtures.bytes("shapes-dwarf5.o"));
        Locals locals = new Locals(dwarf, new CfiUnwinder(dwarf, 0, rules), space, 0);
        assertThat(told(locals.of(at(4, STACK + 0x100), OptionalLong.empty())))
                .startsWith("twice int n = 3", "visit_shape struct shape *s = 4000");
    }

    private static List<String> told(List<LocalVariable> variables) {
        return variables.stream()
                .map(each -> each.function() + " " + each.type().declare(each.name())
                        + each.object()
                                .map(object -> " = " + Long.toHexString(object.unsigned()))
                                .orElse(": " + each.missing()))
                .toList();
    }

    @Test
    void damageNeverThrowsAndNeverHangs() throws IOException {
        byte[] whole = Fixtures.bytes("shapes-dwarf5.o");
        Random random = new Random(19);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            for (int flip = 0; flip < 3; flip++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                ask(dwarf(damaged));
            } catch (DumpException | SectionFault told) {
                assertThat(told).hasMessageContaining("vmlinux");
            }
        }
    }

    private void ask(Dwarf dwarf) {
        CfiUnwinder unwinder = new CfiUnwinder(dwarf, 0, rules);
        Locals locals = new Locals(dwarf, unwinder, space, 0);
        for (long offset = 0; offset < 0x36; offset += 6) {
            FrameState state = at(offset, STACK + 0x100);
            try {
                unwinder.callerOf(state, stacks);
            } catch (MemoryFault lost) {
                assertThat(lost).isNotNull();
            }
            locals.of(state, OptionalLong.of(STACK + 0x110));
        }
    }
}

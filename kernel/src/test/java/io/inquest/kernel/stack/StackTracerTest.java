package io.inquest.kernel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.stack.orc.OrcEntry;
import io.inquest.kernel.stack.orc.OrcLayout;
import io.inquest.kernel.stack.orc.OrcUnwinder;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.MalformedBtf;
import io.inquest.testkit.BtfBuilder;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Chains in stacks made by hand, over code that is all of functions of 4096 bytes.
final class StackTracerTest {

    private static final long STACK = 0xffff_c900_0001_0000L;
    private static final long TOP = STACK + 0x4000;
    private static final long CODE = 0xffff_ffff_8100_0000L;
    private static final long CODE_BYTES = 0x10000;

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final StackRules rules = rules();
    private final Code code = new FunctionsOfOnePage();
    private ReturnHooks hooks = ReturnHooks.NONE;

    private static StackRules rules() {
        try {
            return Architectures.of(new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, 8, 12))
                    .stackRules();
        } catch (DumpException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private final class FunctionsOfOnePage implements Code {

        @Override
        public boolean isText(long address) {
            return address - CODE >= 0 && address - CODE < CODE_BYTES;
        }

        @Override
        public boolean isReturnAddress(long address) {
            return isText(address) && memory.pages().containsKey(address >>> 12) && calledBefore(address) != 0;
        }

        @Override
        public long calledBefore(long address) {
            byte[] page = memory.pages().get(address >>> 12);
            int at = (int) address & 0xfff;
            byte[] before = new byte[rules.callBytes()];
            if (page == null || at < before.length) {
                return 0;
            }
            System.arraycopy(page, at - before.length, before, 0, before.length);
            return rules.callTarget(before, address);
        }

        @Override
        public OptionalLong startOfFunction(long address) {
            return isText(address) ? OptionalLong.of(address & -4096L) : OptionalLong.empty();
        }

        @Override
        public Optional<Place> placeOf(FrameState state) {
            return Optional.empty();
        }
    }

    /// A call of the function that begins at `target`, which returns to the address given back.
    private long callAt(long address, long target) {
        memory.put8(address, 0xe8);
        memory.put32(address + 1, (int) (target - (address + 5)));
        return address + 5;
    }

    private StackTrace trace(Registers from, Unwinder... ways) {
        memory.reserve(STACK, 0x4000);
        return new StackTracer(List.of(ways), code, rules)
                .from(new FrameState(from, true), from.stackPointer(), FoundBy.REGISTERS, stacks());
    }

    private StackMemory stacks() {
        return new StackMemory(
                new FlatSpace(memory, 8), List.of(new StackArea(StackArea.Kind.TASK, "TASK", STACK, TOP)), hooks);
    }

    /// A task of which the graph tracer follows one call, whose return address was at `slot`.
    private void follow(long slot, long original) throws MalformedBtf {
        BtfBuilder btf = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
        int word = btf.integer("unsigned long", 8, 0);
        int call = btf.struct("ftrace_ret_stack", 16, btf.member("ret", word, 0), btf.member("retp", word, 64));
        btf.struct(
                "task_struct",
                16,
                btf.member("ret_stack", btf.pointer(call), 0),
                btf.member("curr_ret_stack", word, 64));
        memory.put64(0x1000, 0x2000);
        memory.put64(0x1008, 0);
        memory.put64(0x2000, original);
        memory.put64(0x2008, slot);
        Types types = new Types(List.of(Btf.of("synthetic", btf.build(), ByteOrder.LITTLE_ENDIAN, 8)), 8);
        KernelObject task = KernelObject.at(new FlatSpace(memory, 8), types.require("struct task_struct"), 0x1000);
        ReturnTrampolines trampolines = new ReturnTrampolines(Map.of(CODE + 0x8000, FoundBy.GRAPH_TRACER));
        hooks = new ReturnHooks(trampolines, types, Optional.empty(), () -> task);
    }

    private StackTrace traceThroughHook() {
        FrameState hooked = new FrameState(at(CODE + 0x8000, STACK + 0x108), false);
        return trace(at(CODE + 0x1010, STACK + 0x100), always(new Step.Caller(hooked, STACK + 0x100)));
    }

    @Test
    void addressThatATracerReplacedIsPutBack() throws MalformedBtf {
        follow(STACK + 0x100, CODE + 0x2105);

        StackTrace trace = traceThroughHook();

        assertThat(trace.frames()).extracting(Frame::address).startsWith(CODE + 0x1010, CODE + 0x2105);
        assertThat(trace.frames().get(1).foundBy()).isEqualTo(FoundBy.GRAPH_TRACER);
        assertThat(trace.frames().get(1).trust()).isEqualTo(Trust.CERTAIN);
    }

    @Test
    void addressThatATracerReplacedAndDoesNotTellEndsTheChain() throws MalformedBtf {
        follow(STACK + 0x200, CODE + 0x2105);

        StackTrace trace = traceThroughHook();

        assertThat(trace.frames()).extracting(Frame::address).containsExactly(CODE + 0x1010, CODE + 0x8000);
        assertThat(trace.end().sentence()).contains("the function graph tracer has nothing of that place");
    }

    @Test
    void replacedAddressThatIsNoCodeIsNotBelieved() throws MalformedBtf {
        follow(STACK + 0x100, 0x1234);

        assertThat(traceThroughHook().frames()).hasSize(2);
        assertThat(traceThroughHook().end().isProper()).isFalse();
    }

    private Registers at(long address, long stackPointer) {
        return Registers.caller(rules.registerNames(), address, stackPointer);
    }

    private static Unwinder always(Step step) {
        return new Unwinder() {
            @Override
            public FoundBy foundBy() {
                return FoundBy.ORC;
            }

            @Override
            public Step callerOf(FrameState frame, StackMemory stacks) {
                return step;
            }
        };
    }

    @Test
    void callSiteOfTheFunctionItselfIsItsCaller() {
        long stale = callAt(CODE + 0x3100, CODE + 0x4000);
        long caller = callAt(CODE + 0x2100, CODE + 0x1000);
        memory.put64(STACK + 0x108, stale);
        memory.put64(STACK + 0x110, caller);

        StackTrace trace = trace(at(CODE + 0x1010, STACK + 0x100), new CallSites(code, rules));

        assertThat(trace.frames()).extracting(Frame::address).containsExactly(CODE + 0x1010, caller);
        assertThat(trace.frames().getLast().slot()).isEqualTo(STACK + 0x110);
        assertThat(trace.trust()).isEqualTo(Trust.LIKELY);
        assertThat(trace.end().sentence()).contains("no call of this function on the stack");
    }

    @Test
    void scanTakesEveryReturnAddressAndIsMarkedAsAGuess() {
        long first = callAt(CODE + 0x3100, CODE + 0x4000);
        long second = callAt(CODE + 0x2100, CODE + 0x1000);
        memory.put64(STACK + 0x100, CODE + 0x3104);
        memory.put64(STACK + 0x108, first);
        memory.put64(STACK + 0x200, second);

        StackTrace trace = trace(at(CODE + 0x1010, STACK + 0x100), new Scan(code, rules));

        assertThat(trace.frames()).extracting(Frame::address).containsExactly(CODE + 0x1010, first, second);
        assertThat(trace.trust()).isEqualTo(Trust.GUESSED);
    }

    @Test
    void framePointersAreFollowedWhileTheyPointUpTheStack() {
        long caller = callAt(CODE + 0x2100, CODE + 0x1000);
        memory.put64(STACK + 0x200, STACK + 0x100);
        memory.put64(STACK + 0x208, caller);
        Registers from =
                at(CODE + 0x1010, STACK + 0x180).with(rules.registerNames().framePointer(), STACK + 0x200);

        StackTrace trace = trace(from, new FramePointers(code, rules));

        assertThat(trace.frames()).extracting(Frame::address).containsExactly(CODE + 0x1010, caller);
        assertThat(trace.end().isProper()).isFalse();
    }

    @Test
    void jumpToNowhereLeadsBackToItsCall() {
        long caller = callAt(CODE + 0x2100, CODE + 0x1000);
        memory.put64(STACK + 0x100, caller);

        StackTrace trace = trace(at(0, STACK + 0x100), new WildJump(code, rules));

        assertThat(trace.frames()).extracting(Frame::address).containsExactly(0L, caller);
        assertThat(trace.frames().getLast().stackPointer()).isEqualTo(STACK + 0x108);
    }

    @Test
    void callerBelowItsCalleeEndsTheChain() {
        FrameState same = new FrameState(at(CODE + 0x2000, STACK + 0x100), false);

        StackTrace trace = trace(at(CODE, STACK + 0x100), always(new Step.Caller(same, STACK + 0xf8)));

        assertThat(trace.frames()).hasSize(1);
        assertThat(trace.end().sentence()).contains("is not above its callee's");
    }

    @Test
    void returnAddressThatIsNoCodeEndsTheChain() {
        FrameState data = new FrameState(at(0xffff_8880_0000_0000L, STACK + 0x200), false);

        StackTrace trace = trace(at(CODE, STACK + 0x100), always(new Step.Caller(data, STACK + 0x1f8)));

        assertThat(trace.end().sentence()).contains("0xffff888000000000 is no code");
    }

    @Test
    void userRegistersEndTheChainProperly() {
        Registers user =
                at(0x401000, 0x7fff_0000_0000L).with(rules.registerNames().number("cs"), 0x33);

        StackTrace trace =
                trace(at(CODE, STACK + 0x100), always(new Step.Caller(new FrameState(user, true), STACK + 0x3f58)));

        assertThat(trace.end()).isEqualTo(new StackEnd.UserProgram());
        assertThat(trace.frames().getLast().user()).isTrue();
        assertThat(trace.frames().getLast().registers()).contains(user);
    }

    @Test
    void beginningEndsTheChainProperly() {
        assertThat(trace(at(CODE, STACK + 0x100), always(new Step.EndOfStack())).end())
                .isEqualTo(new StackEnd.Beginning());
    }

    @Test
    void stackOfZerosHasNoCaller() {
        StackTrace trace = trace(
                at(CODE + 0x1010, STACK + 0x100),
                new WildJump(code, rules),
                new CallSites(code, rules),
                new FramePointers(code, rules),
                new Scan(code, rules));

        assertThat(trace.frames()).hasSize(1);
        assertThat(trace.end().isProper()).isFalse();
    }

    /// Stacks of noise with a fixed seed: no chain may leave the stack, go in circles or fail.
    @Test
    void noiseIsGoneThroughAndEnds() {
        Random random = new Random(11);
        long call = callAt(CODE + 0x2100, CODE + 0x1000);
        for (int round = 0; round < 200; round++) {
            for (long at = STACK; at < TOP; at += 8) {
                memory.put64(at, noise(random, call));
            }
            long start = STACK + random.nextInt(0x4000);
            StackTrace trace = trace(
                    at(CODE + random.nextInt((int) CODE_BYTES), start)
                            .with(rules.registerNames().framePointer(), noise(random, call)),
                    new OrcUnwinder(address -> Optional.of(entry(random)), rules),
                    new WildJump(code, rules),
                    new CallSites(code, rules),
                    new FramePointers(code, rules),
                    new Scan(code, rules));

            assertThat(trace.frames()).hasSizeBetween(1, 1024);
            assertThat(trace.end()).isNotNull();
        }
    }

    private static long noise(Random random, long call) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> call;
            case 2 -> STACK + random.nextInt(0x4000);
            default -> random.nextLong();
        };
    }

    private static OrcEntry entry(Random random) {
        OrcLayout layout = random.nextBoolean() ? OrcLayout.END_TYPE : OrcLayout.REORDERED;
        return layout.decode((short) random.nextInt(256), (short) -random.nextInt(256), random.nextInt(1 << 12));
    }

    @Test
    void staleCallsAreGuessesBetweenTheFrames() {
        long caller = callAt(CODE + 0x2100, CODE + 0x1000);
        memory.put64(STACK + 0x100, CODE + 0x5123);
        memory.put64(STACK + 0x108, CODE + 0x6000);
        memory.put64(STACK + 0x110, caller);
        memory.put64(STACK + 0x3ff8, CODE + 0x7123);
        StackTrace trace = trace(at(CODE + 0x1010, STACK + 0x100), new CallSites(code, rules));

        StackTrace whole = new StaleCalls(code, rules, stacks(), 8).in(trace);

        // The address of a function itself, at 0x108, is nobody's return address.
        assertThat(whole.frames())
                .extracting(Frame::address)
                .containsExactly(CODE + 0x1010, CODE + 0x5123, caller, CODE + 0x7123);
        assertThat(whole.frames())
                .extracting(Frame::trust)
                .containsExactly(Trust.CERTAIN, Trust.GUESSED, Trust.LIKELY, Trust.GUESSED);
        assertThat(whole.end()).isEqualTo(trace.end());
    }

    /// `struct pt_regs` with only what the processor pushes.
    private void putRegisters(long address, long rip, long cs, long flags, long rsp, long ss) {
        long[] pushed = {rip, cs, flags, rsp, ss};
        for (int i = 0; i < pushed.length; i++) {
            memory.put64(address + 128 + i * 8L, pushed[i]);
        }
    }

    private List<SavedBlock> savedBlocks() {
        memory.reserve(STACK, 0x4000);
        return new SavedBlock.Search(code, rules, address -> address < 0)
                .on(stacks(), new StackArea(StackArea.Kind.TASK, "TASK", STACK, TOP));
    }

    @Test
    void savedRegistersAreFoundWhereTheyPointAtTheirOwnSide() {
        putRegisters(STACK + 0x200, CODE + 0x1010, 0x10, 0x46, STACK + 0x2b0, 0x18);
        putRegisters(TOP - 168, 0x401875, 0x33, 0x202, 0x7ffc_0000_1000L, 0x2b);
        putRegisters(STACK + 0x800, 0x401875, 0x10, 0x46, STACK + 0x8b0, 0x18);
        putRegisters(STACK + 0xa00, CODE + 0x1010, 0x33, 0x202, 0x7ffc_0000_1000L, 0x2b);
        putRegisters(STACK + 0xc00, CODE + 0x1010, 0x10, 0x44, STACK + 0xcb0, 0x18);

        assertThat(savedBlocks()).extracting(SavedBlock::address).containsExactly(STACK + 0x200, TOP - 168);
        assertThat(savedBlocks()).extracting(SavedBlock::user).containsExactly(false, true);
    }

    @Test
    void savedRegistersOnAnyStackAreSearchedForToItsEnd() {
        Random random = new Random(7);
        for (int i = 0; i < 0x4000; i += 8) {
            memory.put64(STACK + i, random.nextInt(4) == 0 ? CODE + random.nextInt(0x10000) : random.nextLong());
        }
        assertThat(savedBlocks()).isEmpty();
        memory.pages().remove((STACK + 0x1000) >>> 12);
        assertThat(new SavedBlock.Search(code, rules, address -> address < 0)
                        .on(stacks(), new StackArea(StackArea.Kind.TASK, "TASK", STACK, TOP)))
                .isEmpty();
    }
}

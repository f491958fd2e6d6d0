package io.inquest.crash.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.arch.Architecture;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.arch.Instruction;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Code as GNU as makes it of the lines in comments.
final class ValueFlowTest {

    private static final Architecture MACHINE = Architectures.find("x86_64").orElseThrow();
    private static final long START = 0x1000;
    private static final Value FIRST = new Value(new Origin.Argument(0), 0);

    private static Optional<Value> atEnd(String hex, String register) {
        List<Instruction> code =
                FunctionCode.decode(MACHINE.disassembler(), HexFormat.of().parseHex(hex.replace(" ", "")), START);
        return new ValueFlow(code, MACHINE.callingConvention(), address -> address == 0x2000)
                .before(code.getLast().address())
                .register(register);
    }

    @Test
    void argumentsAreFollowedThroughMovesAndMembers() {
        // mov %rdi,%rbx; mov 0x28(%rbx),%rax; lea 0x10(%rax),%rcx; nop
        String code = "4889fb 488b4328 488d4810 90";
        Value loaded = new Value(new Origin.Loaded(new Origin.Argument(0), 0x28), 0);
        assertThat(atEnd(code, "rbx")).contains(FIRST);
        assertThat(atEnd(code, "rax")).contains(loaded);
        assertThat(atEnd(code, "rcx")).contains(new Value(loaded.origin(), 0x10));
    }

    @Test
    void additionsMoveAPointer() {
        // add $0x10,%rdi; sub $0x18,%rdi; mov 0x20(%rdi),%rax; nop
        assertThat(atEnd("4883c710 4883ef18 488b4720 90", "rax"))
                .contains(new Value(new Origin.Loaded(new Origin.Argument(0), 0x18), 0));
    }

    @Test
    void valuesComeBackFromTheStack() {
        // push %rdi; sub $0x10,%rsp; mov %rsi,0x8(%rsp); xor %edi,%edi; mov 0x8(%rsp),%rax; add $0x10,%rsp; pop %rbx;
        // nop
        String code = "57 4883ec10 4889742408 31ff 488b442408 4883c410 5b 90";
        assertThat(atEnd(code, "rax")).contains(new Value(new Origin.Argument(1), 0));
        assertThat(atEnd(code, "rbx")).contains(FIRST);
        assertThat(atEnd(code, "rdi")).isEmpty();
    }

    @Test
    void callsLeaveWhatTheyMustAndAResult() {
        // mov %rdi,%rbx; call 0x3000; nop
        String code = "4889fb e8f81f0000 90";
        assertThat(atEnd(code, "rbx")).contains(FIRST);
        assertThat(atEnd(code, "rdi")).isEmpty();
        assertThat(atEnd(code, "rax")).contains(new Value(new Origin.Result(0x3000), 0));
    }

    @Test
    void callsOfATracerChangeNothing() {
        // call 0x2000; nop
        assertThat(atEnd("e8fb0f0000 90", "rdi")).contains(FIRST);
    }

    @Test
    void whereTwoWaysDisagreeNothingIsKnown() {
        // test %rdi,%rdi; je 1f; mov %rsi,%rdi; 1: nop
        String code = "4885ff 7403 4889f7 90";
        assertThat(atEnd(code, "rdi")).isEmpty();
        assertThat(atEnd(code, "rsi")).contains(new Value(new Origin.Argument(1), 0));
    }

    @Test
    void aPointerThatWalksInALoopIsNotKnown() {
        // 1: mov 0x8(%rdi),%rdi; test %rdi,%rdi; jne 1b; nop
        assertThat(atEnd("488b7f08 4885ff 75f7 90", "rdi")).isEmpty();
    }

    @Test
    void partsOfRegistersAndUnknownInstructionsForget() {
        // mov %esi,%edi; nop
        assertThat(atEnd("89f7 90", "rdi")).isEmpty();
        // imul %rsi,%rdi; nop
        assertThat(atEnd("480faffe 90", "rdi")).isEmpty();
        // cpuid; nop
        assertThat(atEnd("0fa2 90", "rdx")).isEmpty();
    }

    @Test
    void perCpuVariablesAreNamedByTheirPlace() {
        // mov %gs:0x35000,%rax; nop
        assertThat(atEnd("65488b042500500300 90", "rax")).contains(new Value(new Origin.Variable(0x35000, true), 0));
    }

    @Test
    void anyCodeIsFollowedToAnEnd() {
        byte[] bytes = new byte[20_000];
        new Random(5).nextBytes(bytes);
        List<Instruction> code = FunctionCode.decode(MACHINE.disassembler(), bytes, START);
        ValueFlow flow = new ValueFlow(code, MACHINE.callingConvention(), address -> false);
        assertThat(flow.before(START).register("rdi")).contains(FIRST);
        assertThat(flow.before(START - 1).register("rdi")).isEmpty();
    }
}

package io.inquest.crash.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Operand;
import io.inquest.kernel.symbol.Symbol;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FunctionCodeTest {

    private static final Kernel KERNEL = Asked.kernel("6.12-d1");

    private static FunctionCode code(String name) throws IOException {
        Symbol symbol = KERNEL.symbols().find(name).orElseThrow();
        return FunctionCode.of(KERNEL, symbol);
    }

    @Test
    void functionsAreDecodedToTheirEnd() throws IOException {
        FunctionCode code = code("vfs_fallocate");
        assertThat(code.instructions()).allMatch(Instruction::isKnown);
        assertThat(code.instructions().getFirst().mnemonic()).isEqualTo("endbr64");
        assertThat(code.instructions().getLast().end() - code.symbol().address())
                .isBetween(code.symbol().bytes() - 16, code.symbol().bytes());
        assertThat(code.indexOf(code.symbol().address() + 5)).isEqualTo(1);
        assertThat(code.indexOf(code.symbol().address() - 1)).isEqualTo(-1);
    }

    /// What vfs_fallocate of Linux 6.12 asks of its argument (kernel: `fs/open.c`).
    @Test
    void membersOfArgumentsAreNamed() throws IOException {
        assertThat(membersIn("vfs_fallocate"))
                .contains(
                        "file->f_inode",
                        "file->f_mode",
                        "file->f_op",
                        "file->f_op->fallocate",
                        "file->f_inode->i_flags");
    }

    @Test
    void membersOfTheRunningTaskAreNamed() throws IOException {
        assertThat(membersIn("__x64_sys_getuid")).contains("pcpu_hot.current_task->cred");
    }

    /// The members that the operands of a function lead to.
    private static Set<String> membersIn(String function) throws IOException {
        FunctionCode code = code(function);
        ValueFlow flow =
                new ValueFlow(code.instructions(), KERNEL.architecture().callingConvention(), address -> false);
        Expressions expressions = new Expressions(KERNEL, code.symbol());
        Set<String> members = new LinkedHashSet<>();
        for (Instruction instruction : code.instructions()) {
            Optional<Operand.Memory> memory = instruction.memory();
            Optional<Value> value =
                    memory.flatMap(operand -> flow.before(instruction.address()).register(operand.base()));
            if (value.isPresent()) {
                long offset = value.get().plus() + memory.get().displacement();
                expressions
                        .of(value.get().origin())
                        .flatMap(pointer -> pointer.member(offset, memory.get().bytes()))
                        .ifPresent(member -> members.add(member.text()));
            }
        }
        return members;
    }

    @Test
    void namesAreWrittenAsGdbDoes() throws IOException {
        long address = KERNEL.symbols().address("vfs_fallocate").orElseThrow();
        AddressNames names = new AddressNames(KERNEL.symbols(), false);
        assertThat(List.of(names.apply(address), names.apply(address + 17), names.apply(16)))
                .containsExactly(
                        "0x" + Long.toHexString(address) + " <vfs_fallocate>",
                        "0x" + Long.toHexString(address + 17) + " <vfs_fallocate+17>",
                        names.apply(16));
    }
}

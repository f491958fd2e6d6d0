package io.inquest.crash.code;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Disassembler;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.symbol.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The instructions of a function, from its first one on: only so is it known where instructions begin.
///
/// They are those that the kernel ran: it patches its code as it starts and runs.
public final class FunctionCode {

    private static final int MOST_BYTES = 1 << 18;
    private static final int UNKNOWN_BYTES = 4096;

    private final Symbol symbol;
    private final List<Instruction> instructions;
    private final byte[] bytes;

    private FunctionCode(Symbol symbol, List<Instruction> instructions, byte[] bytes) {
        this.symbol = symbol;
        this.instructions = instructions;
        this.bytes = bytes;
    }

    /// The function that `symbol` names; its size may be unknown, then a page is taken.
    ///
    /// Throws a [io.inquest.dump.MemoryFault] if its beginning cannot be read.
    public static FunctionCode of(Kernel kernel, Symbol symbol) throws IOException {
        int most = (int) Math.min(symbol.bytes() == 0 ? UNKNOWN_BYTES : symbol.bytes(), MOST_BYTES);
        byte[] bytes = new CodeMemory(kernel.space()).read(symbol.address(), most);
        List<Instruction> all = decode(kernel.architecture().disassembler(), bytes, symbol.address());
        return new FunctionCode(symbol, withoutPadding(all), bytes);
    }

    /// Without what compilers and kernels put between functions, which a symbol's size includes.
    private static List<Instruction> withoutPadding(List<Instruction> code) {
        int end = code.size();
        while (end > 1 && isPadding(code.get(end - 1))) {
            end--;
        }
        return code.subList(0, end);
    }

    private static boolean isPadding(Instruction instruction) {
        String text = instruction.text(Long::toHexString);
        return text.contains("nop") || text.equals("int3") || text.equals("xchg   %ax,%ax");
    }

    /// All instructions in bytes that begin with one.
    public static List<Instruction> decode(Disassembler disassembler, byte[] bytes, long address) {
        List<Instruction> instructions = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += instructions.getLast().length()) {
            instructions.add(disassembler.at(bytes, at, address + at));
        }
        return List.copyOf(instructions);
    }

    public Symbol symbol() {
        return symbol;
    }

    /// Its instructions in their order, as far as the memory that holds them can be read.
    public List<Instruction> instructions() {
        return instructions;
    }

    /// The bytes from an address in it to the end of its last instruction.
    public byte[] bytesFrom(long address) {
        int end = instructions.isEmpty() ? 0 : (int) (instructions.getLast().end() - symbol.address());
        int from = (int) Math.min(address - symbol.address(), end);
        return Arrays.copyOfRange(bytes, from, end);
    }

    /// The number of the instruction at an address, or of the one that it is in; -1 if it is in none.
    public int indexOf(long address) {
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            if (Long.compareUnsigned(address - instruction.address(), instruction.length()) < 0) {
                return i;
            }
        }
        return -1;
    }

    /// The bytes of one of the instructions.
    public byte[] bytesOf(Instruction instruction) {
        int from = (int) (instruction.address() - symbol.address());
        return Arrays.copyOfRange(bytes, from, from + instruction.length());
    }
}

package io.inquest.kernel.arch.x86_64.instruction;

import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Operand;
import io.inquest.kernel.arch.x86_64.instruction.Prefixes.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what follows an opcode, and makes the operands of it.
final class InstructionReader {

    private static final int SHORTEST_VECTOR = 16;
    private static final int BYTE_MASK = 0xff;

    private final CodeCursor code;
    private final Prefixes prefixes;
    private final Opcode opcode;
    private final int number;
    private final long address;
    private final @Nullable ModRm modRm;
    private boolean invalid;
    private String decoration = "";

    InstructionReader(CodeCursor code, Prefixes prefixes, Opcode opcode, int number, long address) {
        this.code = code;
        this.prefixes = prefixes;
        this.opcode = opcode;
        this.number = number;
        this.address = address;
        prefixes.use(Math.max(0, opcode.conditions().mandatory()));
        this.modRm = opcode.usesModRm() ? ModRm.read(code, prefixes) : null;
    }

    /// Empty where the bytes are none after all.
    @Nullable
    Instruction read() {
        List<OperandForm> forms = opcode.operands();
        long[] numbers = new long[forms.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = readNumber(forms.get(i));
        }
        List<Operand> operands = new ArrayList<>(numbers.length);
        for (int i = numbers.length - 1; i >= 0; i--) {
            if (isPresent(forms.get(i), numbers[i])) {
                decoration = i == 0 ? mask() : "";
                operands.add(operand(forms.get(i), numbers[i]));
            }
        }
        String mnemonic = new Mnemonic(opcode, prefixes, numbers).text(isMemory(), this::suffixBytes);
        return invalid
                ? null
                : new Instruction(
                        address, code.length(), mnemonic, operands, Mnemonic.flow(opcode.mnemonic()), opcode.changes());
    }

    private boolean isMemory() {
        return modRm != null && modRm.isMemory();
    }

    /// The first source of vectors exists with VEX only; without, it is where the result goes.
    private boolean isPresent(OperandForm form, long value) {
        return form.kind() == 'H'
                ? prefixes.form() != Form.LEGACY
                : form.kind() != 'I' || !Mnemonic.namesNumber(opcode, value);
    }

    /// How the register that masks a result's elements is written behind it.
    private String mask() {
        return prefixes.opmask() == 0 ? "" : "{%k" + prefixes.opmask() + "}" + (prefixes.zeroing() ? "{z}" : "");
    }

    private int operandBytes() {
        return opcode.conditions().width().operandBytes(prefixes);
    }

    private int vectorBytes() {
        return SHORTEST_VECTOR << prefixes.vectorLength();
    }

    private int bytes(OperandForm form) {
        return switch (form.size()) {
            case V, Z, BS -> form.size().bytes(operandBytes(), 0);
            case Y -> prefixes.wide() ? Long.BYTES : Integer.BYTES;
            default -> form.size().bytes(Integer.BYTES, vectorBytes());
        };
    }

    /// What a suffix tells the size of.
    private int suffixBytes() {
        boolean whatever = opcode.mnemonic().endsWith("!");
        return opcode.operands().stream()
                .filter(form -> form.isGeneral() && (whatever || form.isModRmEnd()))
                .findFirst()
                .map(this::bytes)
                .orElse(0);
    }

    /// The bytes in the instruction itself.
    private long readNumber(OperandForm form) {
        return switch (form.kind()) {
            case 'I', 'J' -> code.signed(form.size() == Size.ZQ ? Integer.BYTES : bytes(form));
            case 'L' -> code.next();
            case 'O' -> code.signed(addressBytes());
            default -> 0;
        };
    }

    private int addressBytes() {
        if (prefixes.has(Prefixes.ADDRESS_SIZE)) {
            prefixes.use(Prefixes.ADDRESS_SIZE);
            return Integer.BYTES;
        }
        return Long.BYTES;
    }

    private Operand operand(OperandForm form, long value) {
        return switch (form.kind()) {
            case 'I' -> immediate(form, value);
            case 'J' -> codeAddress(value);
            case 'O' -> MemoryText.absolute(form.access(), bytes(form), prefixes.segment(), value);
            case 'X' -> string(form, "si", prefixes.segment().isEmpty() ? "ds" : prefixes.segment());
            case 'Y' -> string(form, "di", "es");
            case 'G' -> general(form, middle(false));
            case 'Z' -> general(form, (number & 7) | prefixes.baseBit());
            case 'B' -> general(form, prefixes.vector());
            case 'S' -> segment(form);
            case 'C' -> named(form, "cr" + middle(false));
            case 'D' -> named(form, "db" + middle(false));
            case 'P' -> named(form, "mm" + (middle(false) & 7));
            case 'V' -> vector(form, middle(true));
            case 'H' -> vector(form, prefixes.vector());
            case 'K' -> named(form, "k" + (middle(false) & 7));
            case 'L' -> vector(form, (int) value >>> 4);
            case OperandForm.FIXED -> fixed(form);
            default -> end(form);
        };
    }

    /// A register, or a place in memory, as the end of ModRM has it.
    private Operand end(OperandForm form) {
        if (modRm == null) {
            throw new IllegalStateException("an operand without a ModRM byte");
        }
        if (modRm.isMemory() && form.kind() != 'R') {
            invalid |= "UN".indexOf(form.kind()) >= 0;
            return new MemoryText(prefixes, modRm, address + code.length(), addressBytes())
                    .operand(form, bytes(form), decoration);
        }
        invalid |= form.kind() == 'M';
        int register = modRm.end() | prefixes.baseBit();
        return switch (form.kind()) {
            case 'Q', 'N' -> named(form, "mm" + (register & 7));
            case 'k' -> named(form, "k" + (register & 7));
            case 'W', 'U' -> vector(form, register | (prefixes.form() == Form.EVEX ? prefixes.indexBit() << 1 : 0));
            case 'R' ->
                new Operand.Register(
                        "%" + RegisterBank.general(register, 8, true),
                        form.access(),
                        RegisterBank.general(register, 8, true),
                        Long.BYTES);
            default -> general(form, register);
        };
    }

    private int middle(boolean ofVector) {
        return modRm == null ? 0 : modRm.middle() | prefixes.registerBit(ofVector);
    }

    private Operand general(OperandForm form, int register) {
        int bytes = bytes(form);
        boolean uniform = bytes > 1 || prefixes.uniformBytes();
        String star = form.indirect() ? "*%" : "%";
        return new Operand.Register(
                star + RegisterBank.general(register, bytes, uniform),
                form.access(),
                RegisterBank.whole(register, bytes, uniform),
                bytes);
    }

    private Operand vector(OperandForm form, int register) {
        int bytes = form.size().registerBytes(vectorBytes());
        return named(form, RegisterBank.vector(register, bytes));
    }

    private Operand segment(OperandForm form) {
        String name = RegisterBank.segment(modRm == null ? 0 : modRm.middle());
        invalid |= name.isEmpty();
        return named(form, name);
    }

    private Operand named(OperandForm form, String name) {
        return new Operand.Register("%" + name + decoration, form.access(), name, 0);
    }

    private Operand string(OperandForm form, String register, String segment) {
        return MemoryText.string(form.access(), bytes(form), segment, addressBytes() == 8 ? "r" : "e", register);
    }

    private Operand codeAddress(long distance) {
        long target = address + code.length() + distance;
        return new Operand.CodeAddress(Long.toHexString(target), target);
    }

    private Operand immediate(OperandForm form, long value) {
        int bytes = switch (form.size()) {
            case B -> 1;
            case W -> 2;
            case BQ, ZQ -> Long.BYTES;
            default -> operandBytes();
        };
        long shown = bytes == Long.BYTES ? value : value & ((1L << (bytes * Byte.SIZE)) - 1);
        return new Operand.Immediate("$0x" + Long.toHexString(shown), bytes == 1 ? value & BYTE_MASK : value);
    }

    private Operand fixed(OperandForm form) {
        return switch (form.fixed()) {
            case "1" -> new Operand.Immediate("$1", 1);
            case "AL" -> accumulator(form, 1);
            case "rAX" -> accumulator(form, operandBytes());
            case "zAX" -> accumulator(form, Math.min(operandBytes(), 4));
            case "rAXq" -> accumulator(form, addressBytes());
            case "DX" -> new Operand.Register("(%dx)", form.access(), "rdx", 2);
            case "BXb" -> MemoryText.string(form.access(), 1, "ds", "r", "bx");
            case "CL" -> new Operand.Register("%cl", form.access(), "rcx", 1);
            case "EAX", "EBX", "ECX", "EDX" -> {
                String low = form.fixed().substring(1).toLowerCase(Locale.ROOT);
                yield new Operand.Register("%e" + low, form.access(), "r" + low, 4);
            }
            case "AX" -> accumulator(form, 2);
            default -> named(form, form.fixed().toLowerCase(Locale.ROOT));
        };
    }

    private static Operand accumulator(OperandForm form, int bytes) {
        return new Operand.Register("%" + RegisterBank.general(0, bytes, true), form.access(), "rax", bytes);
    }
}

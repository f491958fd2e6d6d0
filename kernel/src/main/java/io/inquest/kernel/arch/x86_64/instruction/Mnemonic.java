package io.inquest.kernel.arch.x86_64.instruction;

import io.inquest.kernel.arch.Instruction.Flow;
import io.inquest.kernel.arch.x86_64.instruction.Prefixes.Form;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/// Spells an instruction's name, with what is written before and behind it.
final class Mnemonic {

    /// What the number of a comparison of vectors means.
    private static final List<String> PREDICATES = List.of(
            "eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord", "eq_uq", "nge", "ngt", "false", "neq_oq", "ge", "gt",
            "true");

    private final Opcode opcode;
    private final Prefixes prefixes;
    private final long[] numbers;

    /// @param numbers in the instruction, by operand
    Mnemonic(Opcode opcode, Prefixes prefixes, long[] numbers) {
        this.opcode = opcode;
        this.prefixes = prefixes;
        this.numbers = numbers;
    }

    /// The forms of encoding that a mnemonic of the table stands for by its first mark; none if it has no such.
    static Set<Form> forms(String mnemonic) {
        return mnemonic.startsWith("(v)")
                ? Set.of(Form.LEGACY, Form.VEX)
                : mnemonic.startsWith("(ev)") ? Set.of(Form.values()) : Set.of();
    }

    /// Whether the number of an instruction is part of its name.
    static boolean namesNumber(Opcode opcode, long number) {
        return opcode.mnemonic().contains("pclmul^")
                || (opcode.mnemonic().contains("^") && (number & 0xff) < PREDICATES.size());
    }

    /// @param memory whether ModRM selects memory
    /// @param suffixBytes what a suffix tells
    String text(boolean memory, IntSupplier suffixBytes) {
        String name = opcode.mnemonic();
        if (name.startsWith("(")) {
            name = (prefixes.form() == Form.LEGACY ? "" : "v") + name.substring(name.indexOf(')') + 1);
        }
        if (name.contains("^")) {
            name = name.replace("^", predicate(name));
        }
        char mark = name.charAt(name.length() - 1);
        if (mark == '~' || mark == '!') {
            name = name.substring(0, name.length() - 1);
            name += mark == '!' || memory ? suffix(suffixBytes.getAsInt()) : "";
        }
        String behind = hint();
        return branchPrefix() + name + behind;
    }

    private String branchPrefix() {
        boolean indirect =
                opcode.operands().size() == 1 && opcode.operands().getFirst().indirect();
        String text = "";
        if (indirect && prefixes.has(Prefixes.DS)) {
            prefixes.use(Prefixes.DS);
            text = "notrack ";
        }
        if (flow(opcode.mnemonic()) != Flow.NEXT && prefixes.has(Prefixes.REPNE)) {
            prefixes.use(Prefixes.REPNE);
            text = "bnd " + text;
        }
        return prefixes.text(isRepeated()) + text;
    }

    /// Whether the prefix that repeats an instruction on strings does so until its count is 0, and not as long
    /// as it finds what it compares equal.
    private boolean isRepeated() {
        String name = opcode.mnemonic();
        boolean string = opcode.operands().stream().anyMatch(form -> "XY".indexOf(form.kind()) >= 0);
        return string && !name.startsWith("cmps") && !name.startsWith("scas");
    }

    private String hint() {
        if (flow(opcode.mnemonic()) != Flow.BRANCH) {
            return "";
        }
        int hint = prefixes.has(Prefixes.CS) ? Prefixes.CS : Prefixes.DS;
        prefixes.use(hint);
        return !prefixes.has(hint) ? "" : hint == Prefixes.CS ? ",pn" : ",pt";
    }

    private static String suffix(int bytes) {
        return switch (bytes) {
            case 1 -> "b";
            case 2 -> "w";
            case 4 -> "l";
            case 8 -> "q";
            default -> "";
        };
    }

    private String predicate(String name) {
        int number = (int) numbers[numbers.length - 1] & 0xff;
        if (name.contains("pclmul")) {
            return ((number & 1) != 0 ? "h" : "l") + "q" + ((number & 0x10) != 0 ? "h" : "l");
        }
        return number < PREDICATES.size() ? PREDICATES.get(number) : "";
    }

    /// Where the processor goes from an instruction of that name.
    static Flow flow(String name) {
        return switch (name) {
            case "call", "lcall" -> Flow.CALL;
            case "jmp", "ljmp" -> Flow.JUMP;
            case "ret", "lret", "lretq", "iret", "iretq", "iretw", "sysretl", "sysretq" -> Flow.RETURN;
            default -> name.startsWith("j") || name.startsWith("loop") ? Flow.BRANCH : Flow.NEXT;
        };
    }
}

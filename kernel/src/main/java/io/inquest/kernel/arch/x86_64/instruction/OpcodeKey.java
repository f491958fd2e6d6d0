package io.inquest.kernel.arch.x86_64.instruction;

import io.inquest.kernel.arch.x86_64.instruction.Opcode.Conditions;
import io.inquest.kernel.arch.x86_64.instruction.Prefixes.Form;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The first column of the table of opcodes.
///
/// @param map of opcodes, as [Prefixes#map]
/// @param opcode its last byte, of several the first
/// @param count opcodes that the line is for
/// @param conditions when it holds
record OpcodeKey(int map, int opcode, int count, Conditions conditions) {

    private static final int ANY = -1;
    private static final int HEX = 16;

    static OpcodeKey parse(String column, Set<Form> forms) {
        return new Parser().parse(column, forms);
    }

    /// Takes the words one by one.
    private static final class Parser {

        private final List<Integer> bytes = new ArrayList<>();
        private final Set<Form> forms = EnumSet.noneOf(Form.class);
        private Width width = Width.BY_PREFIX;
        private int count = 1;
        private int mandatory = ANY;
        private int operandBytes = ANY;
        private int wide = ANY;
        private int vectorLength = ANY;
        private int memory = ANY;
        private int middle = ANY;
        private int modRm = ANY;

        OpcodeKey parse(String column, Set<Form> forms) {
            this.forms.addAll(forms);
            for (String word : column.split(" ", -1)) {
                takeWord(word);
            }
            if (bytes.size() > 1 && bytes.getFirst() != 0x0f) {
                mandatory = bytes.removeFirst();
            }
            Conditions conditions =
                    new Conditions(forms(), mandatory, operandBytes, wide, vectorLength, memory, middle, modRm, width);
            return new OpcodeKey(map(), bytes.getLast(), count, conditions);
        }

        private Set<Form> forms() {
            return forms.isEmpty() ? Set.of(Form.LEGACY) : Set.copyOf(forms);
        }

        private int map() {
            return switch (bytes.size()) {
                case 1 -> 0;
                case 2 -> 1;
                default -> bytes.get(1) == 0x38 ? 2 : 3;
            };
        }

        private void takeWord(String word) {
            switch (word) {
                case "vex" -> forms.add(Form.VEX);
                case "evex" -> forms.add(Form.EVEX);
                case "np" -> mandatory = 0;
                case "o16" -> operandBytes = Short.BYTES;
                case "o32" -> operandBytes = Integer.BYTES;
                case "o64" -> operandBytes = Long.BYTES;
                case "w0" -> wide = 0;
                case "w1" -> wide = 1;
                case "l0" -> vectorLength = 0;
                case "l1" -> vectorLength = 1;
                case "l2" -> vectorLength = 2;
                case "d64" -> width = Width.STACK;
                case "f64" -> width = Width.ALWAYS_64;
                case "mem" -> memory = 1;
                case "reg" -> memory = 0;
                default -> takeByte(word);
            }
        }

        private void takeByte(String word) {
            if (word.startsWith("/")) {
                int value = Integer.parseInt(word, 1, word.length(), HEX);
                if (word.length() == 2) {
                    middle = value;
                } else {
                    modRm = value;
                }
                return;
            }
            bytes.add(Integer.parseInt(word, 0, 2, HEX));
            if (word.endsWith("+r")) {
                count = 8;
            } else if (word.endsWith("+cc")) {
                count = 16;
            }
        }
    }
}

package io.inquest.kernel.arch.x86_64.instruction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of `opcodes.tsv` by opcode. Read when first asked for; that the table is well-formed is part of the
/// program.
final class OpcodeTable {

    private static final String FILE = "opcodes.tsv";
    private static final int MAPS = 8;
    private static final List<String> CONDITION_CODES =
            List.of("o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g");

    private static @Nullable OpcodeTable table;

    private final List<List<Opcode>> lines;

    private OpcodeTable(List<List<Opcode>> lines) {
        this.lines = lines;
    }

    static synchronized OpcodeTable get() {
        if (table == null) {
            table = read();
        }
        return table;
    }

    /// The line for an opcode and the byte behind it; null if there is none.
    @Nullable
    Opcode find(Prefixes prefixes, int opcode, int modRm) {
        if (prefixes.map() >= MAPS) {
            return null;
        }
        for (Opcode line : lines.get(prefixes.map() << 8 | opcode)) {
            if (line.conditions().hold(prefixes, modRm)) {
                return line;
            }
        }
        return null;
    }

    private static OpcodeTable read() {
        List<List<Opcode>> lines = new ArrayList<>();
        for (int i = 0; i < MAPS << 8; i++) {
            lines.add(new ArrayList<>(1));
        }
        for (String line : text().split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                add(lines, line.split("\t", -1));
            }
        }
        return new OpcodeTable(lines);
    }

    private static void add(List<List<Opcode>> lines, String[] columns) {
        OpcodeKey key = OpcodeKey.parse(columns[0], Mnemonic.forms(columns[1]));
        List<OperandForm> operands =
                words(columns, 2).stream().map(OperandForm::parse).toList();
        for (int i = 0; i < key.count(); i++) {
            String mnemonic = columns[1].replace("?", CONDITION_CODES.get(i));
            lines.get((key.map() << 8 | key.opcode()) + i)
                    .add(new Opcode(mnemonic, operands, words(columns, 3), key.conditions()));
        }
    }

    private static List<String> words(String[] columns, int column) {
        return column >= columns.length || columns[column].isEmpty()
                ? List.of()
                : List.of(columns[column].split(" ", -1));
    }

    private static String text() {
        try (InputStream in = OpcodeTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

package io.inquest.kernel.dwarf;

import io.inquest.kernel.elf.SectionCursor;
import java.util.Arrays;
import java.util.Optional;

/// The lines of one unit's code: rows of address, file, line and column, which a line number program made.
///
/// Standard opcodes (DWARF 5, section 6.2.5.2); those from `opcode_base` on advance address and line and add a row:
///
/// | Opcode | Does                                     | Operand            |
/// |-------:|------------------------------------------|--------------------|
/// |      0 | extended: 1 end of sequence, 2 set address | length, opcode, address |
/// |      1 | adds a row                               |                    |
/// |      2 | advances the address                     | ULEB128            |
/// |      3 | advances the line                        | SLEB128            |
/// |      4 | sets the file                            | ULEB128            |
/// |      5 | sets the column                          | ULEB128            |
/// |      8 | advances the address as opcode 255       |                    |
/// |      9 | advances the address                     | 2 bytes            |
final class LineTable {

    /// More rows than the largest unit of a kernel has.
    private static final int MOST_ROWS = 1 << 22;

    /// In place of a file's number: here a sequence ends.
    private static final int END = -1;

    private final LineHeader header;
    private long[] addresses = new long[256];
    private int[] files = new int[256];
    private int[] lines = new int[256];
    private int[] columns = new int[256];
    private int rows;
    private int[] order = {};

    /// Registers of the program.
    private long address;

    private long file;
    private long line;
    private long column;

    private LineTable(LineHeader header) {
        this.header = header;
    }

    /// The lines of a unit, empty where it has none.
    static Optional<LineTable> of(Unit unit) {
        int place = unit.root().find(Attribute.STMT_LIST);
        if (place < 0) {
            return Optional.empty();
        }
        SectionCursor cursor =
                unit.file().cursor(".debug_line").seek(unit.root().value(place));
        LineTable table = new LineTable(LineHeader.read(unit, cursor));
        table.run(cursor);
        table.sort();
        return Optional.of(table);
    }

    private void run(SectionCursor cursor) {
        cursor.seek(header.program());
        reset();
        while (cursor.position() < header.end() && rows < MOST_ROWS) {
            int opcode = cursor.u8();
            if (opcode >= header.opcodeBase()) {
                special(opcode);
                addRow((int) file);
            } else if (opcode == 0) {
                extended(cursor);
            } else {
                standard(cursor, opcode);
            }
        }
    }

    private void reset() {
        address = 0;
        file = 1;
        line = 1;
        column = 0;
    }

    private void special(int opcode) {
        int adjusted = opcode - header.opcodeBase();
        address += (long) adjusted / header.lineRange() * header.minimumInstruction();
        line += header.lineBase() + adjusted % header.lineRange();
    }

    private void extended(SectionCursor cursor) {
        long length = cursor.uleb();
        long next = cursor.position() + length;
        int opcode = length == 0 ? 0 : cursor.u8();
        switch (opcode) {
            case 1 -> {
                addRow(END);
                reset();
            }
            case 2 -> address = cursor.unsigned((int) Math.min(length - 1, 8));
            default -> {
                // Discriminators and files of old compilers.
            }
        }
        cursor.seek(next);
    }

    private void standard(SectionCursor cursor, int opcode) {
        switch (opcode) {
            case 1 -> addRow((int) file);
            case 2 -> address += cursor.uleb() * header.minimumInstruction();
            case 3 -> line += cursor.sleb();
            case 4 -> file = cursor.uleb();
            case 5 -> column = cursor.uleb();
            case 8 -> address += (255L - header.opcodeBase()) / header.lineRange() * header.minimumInstruction();
            case 9 -> address += cursor.u16();
            default -> {
                for (int i = 0; i < header.operands(opcode); i++) {
                    cursor.skipLeb();
                }
            }
        }
    }

    private void addRow(int ofFile) {
        if (rows == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * rows);
            files = Arrays.copyOf(files, 2 * rows);
            lines = Arrays.copyOf(lines, 2 * rows);
            columns = Arrays.copyOf(columns, 2 * rows);
        }
        addresses[rows] = address;
        files[rows] = ofFile;
        lines[rows] = (int) line;
        columns[rows] = (int) column;
        rows++;
    }

    /// Rows by address, an end of a sequence before a row of the same address, which begins another.
    private void sort() {
        Integer[] byAddress = new Integer[rows];
        Arrays.setAll(byAddress, i -> i);
        Arrays.sort(byAddress, (a, b) -> {
            int difference = Long.compareUnsigned(addresses[a], addresses[b]);
            return difference != 0 ? difference : Boolean.compare(files[b] == END, files[a] == END);
        });
        order = new int[rows];
        Arrays.setAll(order, i -> byAddress[i]);
    }

    /// The line of the code at an address, the last of several rows that an address has.
    Optional<SourceLine> at(long wanted) {
        int low = 0;
        int high = rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(addresses[order[middle]], wanted) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || files[order[low - 1]] == END) {
            return Optional.empty();
        }
        int row = order[low - 1];
        return Optional.of(new SourceLine(header.file(files[row]), header.directory(), lines[row], columns[row]));
    }

    /// The file of a number that entries of the unit refer to.
    SourceLine place(long fileNumber, long atLine, long atColumn) {
        return new SourceLine(header.file(fileNumber), header.directory(), (int) atLine, (int) atColumn);
    }
}

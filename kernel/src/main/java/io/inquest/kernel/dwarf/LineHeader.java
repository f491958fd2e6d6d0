package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.ArrayList;
import java.util.List;

/// The header of a line number program with its tables of directories and files.
///
/// | DWARF 5 | DWARF 2 to 4 | Field                                | Meaning                                       |
/// |---------|--------------|--------------------------------------|-----------------------------------------------|
/// | 4, 12   | 4, 12        | `unit_length`                        | bytes after it                                |
/// | 2       | 2            | `version`                            | 2 to 5                                        |
/// | 2       |              | `address_size`, segment size         |                                               |
/// | 4, 8    | 4, 8         | `header_length`                      | bytes after it up to the program              |
/// | 1       | 1            | `minimum_instruction_length`         | unit of advances of the address               |
/// | 1       | 1 (since 4)  | `maximum_operations_per_instruction` | 1 except on VLIW machines                     |
/// | 1       | 1            | `default_is_stmt`                    | not needed                                    |
/// | 1       | 1            | `line_base`                          | signed; special opcodes start from here        |
/// | 1       | 1            | `line_range`                         | how many lines special opcodes span           |
/// | 1       | 1            | `opcode_base`                        | number of the first special opcode            |
/// | n       | n            | `standard_opcode_lengths`            | operands of opcodes 1 to `opcode_base` - 1    |
/// |         |              | directories and files                | DWARF 5: described by formats; before: strings |
///
/// Source: DWARF 5, section 6.2.4; DWARF 4, section 6.2.4.
final class LineHeader {

    /// Formats of tables in DWARF 5.
    private static final int DW_LNCT_PATH = 1;

    private static final int DW_LNCT_DIRECTORY_INDEX = 2;
    private static final int MOST_FILES = 1 << 16;

    /// A directory, or a file by its directory's number.
    private record Entry(String path, long directory) {}

    private final UnitHeader unit;
    private final SectionCursor cursor;
    private final DebugFile file;
    private final List<String> directories = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final int[] operands = new int[256];
    private int version;
    private int offsetBytes;
    private long program;
    private long end;
    private int minimumInstruction;
    private int lineBase;
    private int lineRange;
    private int opcodeBase;

    private LineHeader(Unit unit, SectionCursor cursor) {
        this.unit = unit.header();
        this.file = unit.file();
        this.cursor = cursor;
    }

    /// Reads the header at the cursor.
    static LineHeader read(Unit unit, SectionCursor cursor) {
        LineHeader header = new LineHeader(unit, cursor);
        header.readFields();
        if (header.version >= 5) {
            header.describedTable().forEach(entry -> header.directories.add(entry.path()));
            header.describedTable()
                    .forEach(entry -> header.files.add(header.inDirectory(entry.directory(), entry.path())));
        } else {
            header.readOlderTables(unit.text(unit.root(), Attribute.COMP_DIR));
        }
        return header;
    }

    private void readFields() {
        long start = cursor.position();
        long length = cursor.u32();
        offsetBytes = length == 0xffff_ffffL ? 8 : 4;
        length = offsetBytes == 8 ? cursor.i64() : length;
        end = cursor.position() + length;
        version = cursor.u16();
        if (length < 0 || end > cursor.size() || version < 2 || version > 5) {
            throw new SectionFault(cursor.name() + ": the line numbers at " + Hex.of(start) + " are of version "
                    + version + " and claim " + Long.toUnsignedString(length) + " bytes");
        }
        if (version >= 5) {
            cursor.skip(2);
        }
        long headerLength = cursor.unsigned(offsetBytes);
        program = cursor.position() + headerLength;
        minimumInstruction = cursor.u8();
        if (version >= 4) {
            cursor.skip(1);
        }
        cursor.skip(1);
        lineBase = (byte) cursor.u8();
        lineRange = cursor.u8();
        opcodeBase = cursor.u8();
        if (headerLength < 0 || program > end || lineRange == 0) {
            throw new SectionFault(cursor.name() + ": the header of the line numbers at " + Hex.of(start)
                    + " is damaged: it has a line range of " + lineRange);
        }
        for (int opcode = 1; opcode < opcodeBase; opcode++) {
            operands[opcode] = cursor.u8();
        }
    }

    /// A table of DWARF 5: pairs of content and form, then for each entry values in these forms.
    private List<Entry> describedTable() {
        List<Entry> entries = new ArrayList<>();
        int formats = cursor.u8();
        long[] contents = new long[formats];
        int[] forms = new int[formats];
        for (int i = 0; i < formats; i++) {
            contents[i] = cursor.uleb();
            forms[i] = (int) cursor.uleb();
        }
        long count = cursor.uleb();
        for (long n = 0; n < count && n < MOST_FILES; n++) {
            String path = "";
            long directory = 0;
            for (int i = 0; i < formats; i++) {
                if (contents[i] == DW_LNCT_PATH) {
                    path = text(forms[i]);
                } else if (contents[i] == DW_LNCT_DIRECTORY_INDEX) {
                    directory = Form.read(cursor, forms[i], unit);
                } else {
                    Form.skip(cursor, forms[i], unit);
                }
            }
            entries.add(new Entry(path, directory));
        }
        return entries;
    }

    private String text(int form) {
        return switch (form) {
            case Form.STRING -> cursor.string();
            case Form.STRP ->
                file.cursor(".debug_str").seek(cursor.unsigned(offsetBytes)).string();
            case Form.LINE_STRP ->
                file.cursor(".debug_line_str")
                        .seek(cursor.unsigned(offsetBytes))
                        .string();
            default -> {
                Form.skip(cursor, form, unit);
                yield "";
            }
        };
    }

    /// Directories until an empty name, then files with directory, time and size until an empty name; both count
    /// from 1, and directory 0 is that of the compilation.
    private void readOlderTables(String compilationDirectory) {
        directories.add(compilationDirectory);
        for (String name = cursor.string(); !name.isEmpty(); name = cursor.string()) {
            directories.add(name);
        }
        files.add("");
        for (String name = cursor.string(); !name.isEmpty() && files.size() < MOST_FILES; name = cursor.string()) {
            files.add(inDirectory(cursor.uleb(), name));
            cursor.skipLeb();
            cursor.skipLeb();
        }
    }

    /// Directory 0 is where the compiler ran and is left out, as compilers themselves do in messages.
    private String inDirectory(long directory, String name) {
        if (directory <= 0 || directory >= directories.size() || name.startsWith("/")) {
            return name;
        }
        return directories.get((int) directory) + "/" + name;
    }

    /// Where the compiler ran, "" if it does not tell.
    String directory() {
        return directories.isEmpty() ? "" : directories.getFirst();
    }

    /// The path of a file by its number, "" for a number that none has.
    String file(long number) {
        return number >= 0 && number < files.size() ? files.get((int) number) : "";
    }

    /// Offset of the program's first instruction.
    long program() {
        return program;
    }

    long end() {
        return end;
    }

    int minimumInstruction() {
        return minimumInstruction;
    }

    int lineBase() {
        return lineBase;
    }

    int lineRange() {
        return lineRange;
    }

    int opcodeBase() {
        return opcodeBase;
    }

    /// Number of operands of a standard opcode.
    int operands(int opcode) {
        return operands[opcode];
    }
}

package io.inquest.kernel.elf;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The header of an ELF object.
///
/// | ELF64 | ELF32 | Field         | Meaning                                                              |
/// |------:|------:|---------------|----------------------------------------------------------------------|
/// |   0/4 |   0/4 | magic         | 0x7f `ELF`                                                           |
/// |   4/1 |   4/1 | `EI_CLASS`    | 1 ELF32, 2 ELF64                                                     |
/// |   5/1 |   5/1 | `EI_DATA`     | 1 little endian, 2 big endian                                        |
/// |  16/2 |  16/2 | `e_type`      | 1 relocatable, 2 executable, 3 shared                                |
/// |  18/2 |  18/2 | `e_machine`   | 62 is x86-64                                                         |
/// |  40/8 |  32/4 | `e_shoff`     | where the section headers are                                        |
/// |  58/2 |  46/2 | `e_shentsize` | distance of the section headers                                      |
/// |  60/2 |  48/2 | `e_shnum`     | their number; 0: `sh_size` of section header 0 has it                |
/// |  62/2 |  50/2 | `e_shstrndx`  | section of their names; 0xffff: `sh_link` of section header 0 has it |
///
/// Columns give offset and size. Source: System V ABI, `include/uapi/linux/elf.h`.
record ElfHeader(
        ByteOrder order,
        int wordBytes,
        int type,
        int machine,
        long sectionHeadersAt,
        int sectionHeaderStride,
        int sectionHeaders,
        int nameSection) {

    static final int RELOCATABLE = 1;
    static final int EXECUTABLE = 2;
    static final int SHARED = 3;
    static final int X86_64 = 62;

    private static final int IDENT_BYTES = 16;
    private static final int MAGIC = 0x7f454c46;

    static ElfHeader read(ByteSource file) throws IOException {
        ByteBuffer ident = bytes(file, 0, IDENT_BYTES);
        if (ident.getInt(0) != MAGIC) {
            throw new DumpException(file.name() + ": is no ELF object: it does not begin with 0x7f \"ELF\"");
        }
        int wordBytes = ident.get(4) * 4;
        if ((wordBytes != 4 && wordBytes != 8) || (ident.get(5) != 1 && ident.get(5) != 2)) {
            throw new DumpException(file.name() + ": its ELF class is " + ident.get(4) + " and its byte order "
                    + ident.get(5) + ", expected 1 or 2 for both");
        }
        ByteOrder order = ident.get(5) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        boolean wide = wordBytes == 8;
        ByteBuffer raw = bytes(file, 0, wide ? 64 : 52).order(order);
        int type = raw.getShort(16);
        if (type < RELOCATABLE || type > SHARED) {
            throw new DumpException(file.name() + ": is an ELF file of type " + type
                    + ", expected a vmlinux, a kernel module or a debug file (type 1, 2 or 3)");
        }
        return new ElfHeader(
                order,
                wordBytes,
                type,
                raw.getShort(18) & 0xffff,
                wide ? raw.getLong(40) : raw.getInt(32) & 0xffff_ffffL,
                raw.getShort(wide ? 58 : 46) & 0xffff,
                raw.getShort(wide ? 60 : 48) & 0xffff,
                raw.getShort(wide ? 62 : 50) & 0xffff);
    }

    /// Bytes of the file, or a [DumpException] that says that it is cut.
    static ByteBuffer bytes(ByteSource file, long offset, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try {
            file.readFully(offset, bytes);
        } catch (EOFException cut) {
            throw new DumpException(
                    file.name() + ": ends at byte " + file.size() + ", but its ELF headers need " + count + " bytes at "
                            + Long.toUnsignedString(offset) + "; it is a cut copy, so copy it again",
                    cut);
        }
        return bytes.flip();
    }
}

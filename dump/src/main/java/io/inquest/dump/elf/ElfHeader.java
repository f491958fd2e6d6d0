package io.inquest.dump.elf;

import io.inquest.dump.DumpException;
import io.inquest.dump.format.RawStruct;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteOrder;

/// The header of an ELF file, in the file's byte order from `e_type` on.
///
/// | ELF64 | ELF32 | Field         | Meaning                                                              |
/// |------:|------:|---------------|----------------------------------------------------------------------|
/// |   0/4 |   0/4 | magic         | 0x7f `ELF`                                                           |
/// |   4/1 |   4/1 | `EI_CLASS`    | 1 ELF32, 2 ELF64                                                     |
/// |   5/1 |   5/1 | `EI_DATA`     | 1 little endian, 2 big endian                                        |
/// |  16/2 |  16/2 | `e_type`      | 4 ET_CORE                                                            |
/// |  18/2 |  18/2 | `e_machine`   | see [ElfMachine]                                                     |
/// |  32/8 |  28/4 | `e_phoff`     | where the program headers are                                        |
/// |  40/8 |  32/4 | `e_shoff`     | where the section headers are; needed only with PN_XNUM              |
/// |  48/4 |  36/4 | `e_flags`     | makedumpfile sets 1 while a dump is incomplete                       |
/// |  52/2 |  40/2 | `e_ehsize`    | not used: QEMU writes 8 in its ELF64 files                           |
/// |  54/2 |  42/2 | `e_phentsize` | distance of the program headers, at least the size of one            |
/// |  56/2 |  44/2 | `e_phnum`     | their number; 0xffff (PN_XNUM): `sh_info` of section header 0 has it |
///
/// Columns give offset and size. Source: System V ABI, `include/uapi/linux/elf.h`, makedumpfile `elf_info.h`.
record ElfHeader(
        int wordBytes,
        ByteOrder order,
        int machine,
        int flags,
        long programHeadersAt,
        int programHeaderStride,
        long programHeaders) {

    static final int ET_CORE = 4;
    static final int FLAG_INCOMPLETE = 1;

    private static final int IDENT_BYTES = 16;
    private static final int PN_XNUM = 0xffff;

    static ElfHeader read(ByteSource source) throws IOException {
        RawStruct ident = RawStruct.read(source, "ELF identification", 0, IDENT_BYTES);
        int wordBytes = switch (ident.u8(4)) {
            case 1 -> 4;
            case 2 -> 8;
            default -> throw ident.damaged("EI_CLASS", 4, "is " + ident.u8(4) + ", expected 1 or 2");
        };
        ByteOrder order = switch (ident.u8(5)) {
            case 1 -> ByteOrder.LITTLE_ENDIAN;
            case 2 -> ByteOrder.BIG_ENDIAN;
            default -> throw ident.damaged("EI_DATA", 5, "is " + ident.u8(5) + ", expected 1 or 2");
        };
        boolean wide = wordBytes == 8;
        RawStruct raw = RawStruct.read(source, "ELF header", 0, wide ? 64 : 52).order(order);
        int type = raw.u16(16);
        if (type != ET_CORE) {
            throw new DumpException(source.name() + ": is an ELF file of type " + type + " (" + typeName(type)
                    + "), not a core dump (type 4)");
        }
        int stride = raw.u16(wide ? 54 : 42);
        if (stride < ProgramHeader.bytes(wordBytes)) {
            throw raw.damaged(
                    "e_phentsize", wide ? 54 : 42, "is " + stride + ", expected " + ProgramHeader.bytes(wordBytes));
        }
        return new ElfHeader(
                wordBytes,
                order,
                raw.u16(18),
                raw.i32(wide ? 48 : 36),
                raw.word(wide ? 32 : 28, wordBytes),
                stride,
                programHeaderCount(source, raw, wordBytes));
    }

    private static long programHeaderCount(ByteSource source, RawStruct raw, int wordBytes) throws IOException {
        boolean wide = wordBytes == 8;
        int count = raw.u16(wide ? 56 : 44);
        if (count != PN_XNUM) {
            return count;
        }
        long at = raw.word(wide ? 40 : 32, wordBytes);
        if (at <= 0) {
            throw raw.damaged("e_shoff", wide ? 40 : 32, "is " + at + " although e_phnum refers to a section header");
        }
        RawStruct section = RawStruct.read(source, "ELF section header 0", at, wide ? 64 : 40)
                .order(raw.order());
        return section.u32(wide ? 44 : 28);
    }

    private static String typeName(int type) {
        return switch (type) {
            case 1 -> "an object file or kernel module";
            case 2 -> "a program, perhaps the vmlinux that belongs to a dump";
            case 3 -> "a shared object, or a vmlinux that belongs to a dump";
            default -> "unknown";
        };
    }

    boolean incomplete() {
        return (flags & FLAG_INCOMPLETE) != 0;
    }
}

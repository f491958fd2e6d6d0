package io.inquest.kdump.initramfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The loader that a dynamically linked program names (elf(5), PT_INTERP), of 64-bit programs:
///
/// | offset | bytes | of the header | | offset | bytes | of a program header |
/// |-------:|------:|---------------|-|-------:|------:|---------------------|
/// |      5 |     1 | byte order    | |      0 |     4 | type; 3             |
/// |     32 |     8 | e_phoff       | |      8 |     8 | p_offset            |
/// |     54 |     2 | e_phentsize   | |     32 |     8 | p_filesz            |
/// |     56 |     2 | e_phnum       | |        |       |                     |
final class ElfInterpreter {

    private static final int MAGIC = 0x7f454c46;
    private static final int PT_INTERP = 3;
    private static final int HEADER_BYTES = 64;
    private static final int PROGRAM_HEADER_BYTES = 56;

    private ElfInterpreter() {}

    /// Nothing for what is no such program, or names none.
    ///
    /// @param name for messages
    static Optional<String> of(byte[] program, String name) throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(program);
        if (program.length < HEADER_BYTES || elf.getInt(0) != MAGIC || program[4] != 2) {
            return Optional.empty();
        }
        elf.order(program[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long at = elf.getLong(32);
        int bytes = Short.toUnsignedInt(elf.getShort(54));
        for (int left = Short.toUnsignedInt(elf.getShort(56)); left > 0; left--, at += bytes) {
            if (at < 0 || at > program.length - PROGRAM_HEADER_BYTES) {
                break;
            }
            if (elf.getInt((int) at) == PT_INTERP) {
                return Optional.of(text(program, elf.getLong((int) at + 8), elf.getLong((int) at + 32), name));
            }
        }
        return Optional.empty();
    }

    private static String text(byte[] program, long offset, long bytes, String name) throws IOException {
        if (offset < 0 || bytes < 2 || bytes > program.length || offset > program.length - bytes) {
            throw new IOException(name + ": its loader's name lies beyond its end");
        }
        return new String(program, (int) offset, (int) bytes - 1, StandardCharsets.UTF_8);
    }
}

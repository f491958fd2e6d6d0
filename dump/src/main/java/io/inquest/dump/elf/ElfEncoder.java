package io.inquest.dump.elf;

import io.inquest.dump.Machine;
import io.inquest.dump.PhysicalSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The structures of an ELF core as bytes; see [ElfHeader] and [ProgramHeader] for where their fields are.
///
/// A section header is there only to hold a count of program headers that `e_phnum` cannot (PN_XNUM).
final class ElfEncoder {

    static final int PN_XNUM = 0xffff;

    private final Machine machine;
    private final boolean wide;

    ElfEncoder(Machine machine) {
        this.machine = machine;
        this.wide = machine.wordBytes() == 8;
    }

    int headerBytes() {
        return wide ? 64 : 52;
    }

    int programHeaderBytes() {
        return ProgramHeader.bytes(machine.wordBytes());
    }

    int sectionHeaderBytes() {
        return wide ? 64 : 40;
    }

    private int programHeadersOffsetField() {
        return wide ? 32 : 28;
    }

    private int flagsField() {
        return wide ? 48 : 36;
    }

    ByteBuffer newHeader() {
        ByteBuffer header = ByteBuffer.allocate(headerBytes()).order(machine.order());
        header.put((byte) 0x7f).put((byte) 'E').put((byte) 'L').put((byte) 'F');
        header.put((byte) (wide ? 2 : 1));
        header.put((byte) (machine.order() == ByteOrder.LITTLE_ENDIAN ? 1 : 2));
        header.put((byte) 1);
        header.putShort(16, (short) ElfHeader.ET_CORE).putShort(18, (short) ElfMachine.number(machine.name()));
        header.putInt(20, 1).putShort(flagsField() + 4, (short) headerBytes());
        return header.clear();
    }

    /// A copy of `header` for a file of `programHeaders` program headers, which follow it directly.
    ByteBuffer header(ByteBuffer header, long programHeaders, int moreFlags) {
        ByteBuffer copy = ByteBuffer.allocate(headerBytes()).order(machine.order());
        copy.put(header.duplicate()).clear();
        int flagsAt = flagsField();
        boolean extended = programHeaders >= PN_XNUM;
        putWord(copy, programHeadersOffsetField(), headerBytes());
        putWord(
                copy,
                programHeadersOffsetField() + machine.wordBytes(),
                extended ? headerBytes() + programHeaders * programHeaderBytes() : 0);
        copy.putInt(flagsAt, (copy.getInt(flagsAt) & ~ElfHeader.FLAG_INCOMPLETE) | moreFlags);
        copy.putShort(flagsAt + 6, (short) programHeaderBytes());
        copy.putShort(flagsAt + 8, (short) Math.min(programHeaders, PN_XNUM));
        copy.putShort(flagsAt + 10, (short) (extended ? sectionHeaderBytes() : 0));
        copy.putShort(flagsAt + 12, (short) (extended ? 1 : 0));
        copy.putShort(flagsAt + 14, (short) 0);
        return copy;
    }

    /// The section header that holds the number of program headers.
    ByteBuffer sectionHeader(long programHeaders) {
        ByteBuffer section = ByteBuffer.allocate(sectionHeaderBytes()).order(machine.order());
        putWord(section, wide ? 32 : 20, 1);
        return section.putInt(wide ? 44 : 28, (int) programHeaders);
    }

    /// Appends a program header to `target`, which has the machine's byte order.
    void putProgramHeader(ByteBuffer target, int type, ElfSegment segment) {
        PhysicalSegment memory = segment.memory();
        int word = machine.wordBytes();
        int start = target.position();
        int at = start + (wide ? 8 : 4);
        target.putInt(start, type).putInt(start + (wide ? 4 : 24), segment.flags());
        putWord(target, at, memory.fileOffset());
        putWord(target, at + word, memory.virtualAddress());
        putWord(target, at + 2 * word, memory.physicalAddress());
        putWord(target, at + 3 * word, memory.fileBytes());
        putWord(target, at + 4 * word, memory.memoryBytes());
        putWord(target, start + (wide ? 48 : 28), segment.alignment());
        target.position(start + programHeaderBytes());
    }

    private void putWord(ByteBuffer bytes, int at, long value) {
        if (wide) {
            bytes.putLong(at, value);
        } else {
            bytes.putInt(at, (int) value);
        }
    }
}

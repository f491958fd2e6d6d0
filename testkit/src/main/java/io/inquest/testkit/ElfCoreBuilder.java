package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Builds small ELF cores of both widths and byte orders, written from the System V ABI alone.
public final class ElfCoreBuilder {

    private static final int PN_XNUM = 0xffff;

    private record Header(int type, long vaddr, long paddr, ByteBuffer bytes, long filesz, long memsz) {}

    private final boolean wide;
    private final ByteOrder order;
    private final List<Header> headers = new ArrayList<>();
    private ByteArrayOutputStream notes = new ByteArrayOutputStream();
    private int machine = 62;
    private int type = 4;
    private int flags;
    private int headerGap;
    private int headerPadding;
    private boolean extendedNumbering;
    private int ehsize;

    private ElfCoreBuilder(boolean wide, ByteOrder order) {
        this.wide = wide;
        this.order = order;
        ehsize = wide ? 64 : 52;
    }

    public static ElfCoreBuilder elf64(ByteOrder order) {
        return new ElfCoreBuilder(true, order);
    }

    public static ElfCoreBuilder elf32(ByteOrder order) {
        return new ElfCoreBuilder(false, order).machine(3);
    }

    /// `e_machine`; 62 is x86-64, 3 is i386.
    public ElfCoreBuilder machine(int value) {
        machine = value;
        return this;
    }

    /// `e_type`; 4 is a core.
    public ElfCoreBuilder type(int value) {
        type = value;
        return this;
    }

    /// `e_flags`; makedumpfile sets 1 in an incomplete dump.
    public ElfCoreBuilder flags(int value) {
        flags = value;
        return this;
    }

    /// `e_ehsize`, which QEMU gets wrong.
    public ElfCoreBuilder ehsize(int value) {
        ehsize = value;
        return this;
    }

    /// Program headers begin `gap` bytes behind the ELF header and are `padding` bytes longer than they need to be.
    public ElfCoreBuilder looseHeaders(int gap, int padding) {
        headerGap = gap;
        headerPadding = padding;
        return this;
    }

    /// The number of program headers is in section header 0, as it must be from 65535 on.
    public ElfCoreBuilder extendedNumbering() {
        extendedNumbering = true;
        return this;
    }

    /// A note in the current PT_NOTE.
    public ElfCoreBuilder note(String name, int noteType, byte[] description) {
        notes.writeBytes(NoteBytes.of(order, name, noteType, description));
        return this;
    }

    /// Ends the current PT_NOTE; later notes go into another one.
    public ElfCoreBuilder endNotes() {
        if (notes.size() > 0) {
            byte[] bytes = notes.toByteArray();
            headers.add(new Header(4, 0, 0, ByteBuffer.wrap(bytes), bytes.length, bytes.length));
            notes = new ByteArrayOutputStream();
        }
        return this;
    }

    /// A PT_LOAD with all its memory in the file.
    public ElfCoreBuilder load(long paddr, byte[] bytes) {
        return load(paddr, bytes, bytes.length);
    }

    /// A PT_LOAD with `memsz` bytes of memory, of which the file has the first ones.
    public ElfCoreBuilder load(long paddr, byte[] bytes, long memsz) {
        return load(0xffff_8880_0000_0000L + paddr, paddr, bytes, memsz);
    }

    public ElfCoreBuilder load(long vaddr, long paddr, byte[] bytes, long memsz) {
        headers.add(new Header(1, vaddr, paddr, ByteBuffer.wrap(bytes), bytes.length, memsz));
        return this;
    }

    /// A PT_LOAD that promises `filesz` bytes, of which the file has the first ones: give it last.
    public ElfCoreBuilder cutLoad(long paddr, byte[] bytes, long filesz) {
        headers.add(new Header(1, paddr, paddr, ByteBuffer.wrap(bytes), filesz, filesz));
        return this;
    }

    /// Program headers of type PT_NULL, as an incomplete dump has them behind its last segment.
    public ElfCoreBuilder nullHeaders(int count) {
        for (int i = 0; i < count; i++) {
            headers.add(new Header(0, 0, 0, ByteBuffer.allocate(0), 0, 0));
        }
        return this;
    }

    public byte[] build() {
        endNotes();
        int headerBytes = (wide ? 56 : 32) + headerPadding;
        int headersAt = (wide ? 64 : 52) + headerGap;
        int sectionAt = headersAt + headerBytes * headers.size();
        int dataAt = sectionAt + (extendedNumbering ? (wide ? 64 : 40) : 0);
        int length = dataAt;
        for (Header header : headers) {
            length += header.bytes.capacity();
        }
        ByteBuffer file = ByteBuffer.allocate(length).order(order);
        putElfHeader(file, headersAt, headerBytes, extendedNumbering ? sectionAt : 0);
        if (extendedNumbering) {
            file.putInt(sectionAt + (wide ? 44 : 28), headers.size());
        }
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            putProgramHeader(file, headersAt + i * headerBytes, header, header.filesz == 0 ? 0 : dataAt);
            file.put(dataAt, header.bytes, 0, header.bytes.capacity());
            dataAt += header.bytes.capacity();
        }
        return file.array();
    }

    private void putElfHeader(ByteBuffer file, int headersAt, int headerBytes, int sectionAt) {
        file.put((byte) 0x7f).put((byte) 'E').put((byte) 'L').put((byte) 'F');
        file.put((byte) (wide ? 2 : 1))
                .put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2))
                .put((byte) 1);
        file.position(16).putShort((short) type).putShort((short) machine).putInt(1);
        putWord(file, 0);
        putWord(file, headersAt);
        putWord(file, sectionAt);
        file.putInt(flags).putShort((short) ehsize).putShort((short) headerBytes);
        file.putShort((short) (extendedNumbering ? PN_XNUM : headers.size()));
        file.putShort((short) (wide ? 64 : 40))
                .putShort((short) (extendedNumbering ? 1 : 0))
                .putShort((short) 0);
    }

    private void putProgramHeader(ByteBuffer file, int at, Header header, int offset) {
        file.position(at).putInt(header.type);
        if (wide) {
            file.putInt(7);
        }
        putWord(file, offset);
        putWord(file, header.vaddr);
        putWord(file, header.paddr);
        putWord(file, header.filesz);
        putWord(file, header.memsz);
    }

    private void putWord(ByteBuffer file, long value) {
        if (wide) {
            file.putLong(value);
        } else {
            file.putInt((int) value);
        }
    }
}

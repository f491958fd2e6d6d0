package io.inquest.kernel.elf;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.Hex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A section of a relocatable object, with its relocations applied to whatever is read of it.
///
/// Linkers write the relocations of a section in the order of their offsets, so those of a window are found by
/// binary search and none are kept. Relocations with addends (`SHT_RELA`) of x86-64:
///
/// | Offset | Size | Field      | Meaning                                                     |
/// |-------:|-----:|------------|-------------------------------------------------------------|
/// |      0 |    8 | `r_offset` | where in the section                                        |
/// |      8 |    8 | `r_info`   | symbol in the high half, type in the low one                |
/// |     16 |    8 | `r_addend` | signed                                                      |
///
/// | Type | Name               | Written                                                    |
/// |-----:|--------------------|------------------------------------------------------------|
/// |    1 | `R_X86_64_64`      | 8 bytes: symbol + addend                                   |
/// |    2 | `R_X86_64_PC32`    | 4 bytes: symbol + addend - place                           |
/// |   10 | `R_X86_64_32`      | 4 bytes: symbol + addend                                   |
/// |   11 | `R_X86_64_32S`     | the same, signed                                           |
/// |   24 | `R_X86_64_PC64`    | 8 bytes: symbol + addend - place                           |
///
/// Others are met in code only, not in debug information, and left alone.
final class RelocatedSection implements ByteSource {

    private static final int ENTRY_BYTES = 24;
    private static final int WIDEST = 8;

    private final ByteSource bytes;
    private final SectionCursor relocations;
    private final long count;
    private final SymbolAddresses symbols;
    private final long address;
    private final ByteOrder order;

    private RelocatedSection(
            ByteSource bytes, SectionCursor relocations, SymbolAddresses symbols, long address, ByteOrder order) {
        this.bytes = bytes;
        this.relocations = relocations;
        this.count = relocations.size() / ENTRY_BYTES;
        this.symbols = symbols;
        this.address = address;
        this.order = order;
    }

    /// `bytes` unchanged when the object is of a machine whose relocations are not known here: then its types are
    /// still right where they name no strings.
    static ByteSource of(ElfObject object, ElfSection section, ByteSource bytes, ElfSection table) throws IOException {
        if (object.machine() != ElfHeader.X86_64 || object.wordBytes() != 8) {
            throw new DumpException(object.name() + ": the relocations of machine type " + object.machine()
                    + " are not known here, only those of x86-64 (62)");
        }
        SectionCursor relocations = object.cursor(table, SectionCursor.SMALL_WINDOW);
        SymbolAddresses symbols = SymbolAddresses.read(object, table.link());
        return new RelocatedSection(bytes, relocations, symbols, object.addressOf(section), object.order());
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        int start = target.position();
        int done = bytes.read(offset, target);
        if (done > 0) {
            relocate(offset, target.slice(start, done).order(order));
        }
        return done;
    }

    private synchronized void relocate(long offset, ByteBuffer window) {
        long end = offset + window.limit();
        for (long i = firstAtOrAfter(offset - WIDEST + 1); i < count; i++) {
            relocations.seek(i * ENTRY_BYTES);
            long place = relocations.i64();
            if (place >= end) {
                return;
            }
            int type = relocations.i32();
            int symbol = relocations.i32();
            long value = symbols.address(symbol) + relocations.i64();
            switch (type) {
                case 1 -> put(window, place - offset, value, 8);
                case 2 -> put(window, place - offset, value - address - place, 4);
                case 10, 11 -> put(window, place - offset, value, 4);
                case 24 -> put(window, place - offset, value - address - place, 8);
                default -> {
                    // Of code, not of debug information.
                }
            }
        }
    }

    private long firstAtOrAfter(long offset) {
        long low = 0;
        long high = count;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (relocations.seek(middle * ENTRY_BYTES).i64() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Byte by byte, since a window may begin or end inside the number.
    private void put(ByteBuffer window, long at, long value, int width) {
        for (int i = 0; i < width; i++) {
            long index = at + i;
            if (index >= 0 && index < window.limit()) {
                int shift = Byte.SIZE * (order == ByteOrder.LITTLE_ENDIAN ? i : width - 1 - i);
                window.put((int) index, (byte) (value >>> shift));
            }
        }
    }

    @Override
    public void close() {
        // The file belongs to whoever opened it.
    }

    @Override
    public String toString() {
        return name() + " at " + Hex.of(address);
    }
}

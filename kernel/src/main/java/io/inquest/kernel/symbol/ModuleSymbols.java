package io.inquest.kernel.symbol;

import io.inquest.dump.DumpException;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiPredicate;

/// Reads the symbols that a loaded module keeps of itself (kernel: `kernel/module/kallsyms.c`).
///
/// They are those of `/proc/kallsyms`, in its order: all but the null entry at the start.
public final class ModuleSymbols {

    private static final int MAX_SYMBOLS = 1 << 20;
    private static final int MAX_STRINGS = 64 << 20;

    private final AddressSpace space;
    private final ModuleSymtab symtab;
    private final ElfSymbolLayout layout;

    /// `symtab` says where they are.
    public ModuleSymbols(AddressSpace space, ModuleSymtab symtab) {
        this.space = space;
        this.symtab = symtab;
        this.layout = ElfSymbolLayout.of(space.wordBytes());
    }

    /// The module's symbol table.
    ///
    /// A type's letter is small for what the module does not export, as the kernel prints it; `exported` is asked
    /// for name and address. The ends of the module's pieces of memory are the ends of symbols, too.
    ///
    /// Throws a [io.inquest.dump.MemoryFault] or a [DumpException] when they cannot be had.
    public SymbolTable read(String module, BiPredicate<String, Long> exported, long... pieceEnds) throws IOException {
        if (symtab.count() < 0 || symtab.count() > MAX_SYMBOLS) {
            throw new DumpException("num_symtab of module " + module + " is " + Integer.toUnsignedString(symtab.count())
                    + ", expected up to " + MAX_SYMBOLS);
        }
        ByteBuffer symbols = bytes(symtab.symbols(), symtab.count() * layout.bytes());
        byte[] letters = letters(symbols);
        int count = Math.max(symtab.count() - 1, 0);
        int[] starts = new int[count];
        byte[] types = new byte[count];
        long[] addresses = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = layout.name(symbols, i + 1);
            addresses[i] = layout.value(symbols, i + 1);
            types[i] = letters[i + 1];
        }
        PackedNames names = new PackedNames(strings(module, starts), starts, types);
        for (int i = 0; i < count; i++) {
            types[i] = (byte) (exported.test(names.name(i), addresses[i]) ? upper(types[i]) : types[i]);
        }
        return new SymbolTable(module, names, new SymbolPlaces(addresses, new long[0], pieceEnds.clone()), null);
    }

    /// The letters stand in a table of their own since 5.2, before in a field of each symbol that was free.
    private byte[] letters(ByteBuffer symbols) throws IOException {
        if (symtab.types() != 0) {
            byte[] letters = new byte[symtab.count()];
            space.read(symtab.types(), ByteBuffer.wrap(letters));
            return letters;
        }
        byte[] letters = new byte[symtab.count()];
        for (int i = 0; i < letters.length; i++) {
            int info = layout.info(symbols, i);
            letters[i] = (byte) (isLetter(info) ? info : layout.size(symbols, i));
        }
        return letters;
    }

    /// No `st_info` of an ELF file is one: that would be a binding of 4 to 7, which nobody defines.
    private static boolean isLetter(int info) {
        return (info >= 'A' && info <= 'Z') || (info >= 'a' && info <= 'z') || info == '?';
    }

    private static int upper(byte letter) {
        return letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter;
    }

    /// The string table up to the end of its last name: behind that nothing may be mapped.
    private byte[] strings(String module, int[] starts) throws IOException {
        int last = 0;
        for (int start : starts) {
            if (start < 0 || start >= MAX_STRINGS) {
                throw new DumpException("a symbol of module " + module + " has its name at "
                        + Integer.toUnsignedString(start) + " of the string table at " + Hex.of(symtab.strings())
                        + ", expected below " + MAX_STRINGS);
            }
            last = Math.max(last, start);
        }
        byte[] strings = new byte[last + SymbolNames.MAX_BYTES];
        space.read(symtab.strings(), ByteBuffer.wrap(strings, 0, last));
        int end = last;
        do {
            strings[end] = (byte) space.readByte(symtab.strings() + end);
            end++;
        } while (strings[end - 1] != 0 && end < strings.length);
        return Arrays.copyOf(strings, end);
    }

    private ByteBuffer bytes(long address, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(space.order());
        space.read(address, bytes);
        return bytes.flip();
    }
}

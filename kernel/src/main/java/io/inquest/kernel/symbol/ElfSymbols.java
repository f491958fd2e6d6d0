package io.inquest.kernel.symbol;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.ElfSection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/// The symbol table of a vmlinux (`.symtab`), for a kernel without kallsyms or when a file is trusted more.
///
/// The symbols are put into the order of kallsyms, so that of several at one address the same one is named
/// (kernel: `scripts/kallsyms.c`, `compare_symbols`): weak ones, the linker's own, and those with more underscores
/// come later, the rest as nm(1) sorts them, whose letters they have.
public final class ElfSymbols {

    private static final int SECTION_SYMBOL = 3;
    private static final int FILE_SYMBOL = 4;
    private static final int LOCAL = 0;
    private static final int WEAK = 2;
    private static final int UNDEFINED = 0;
    private static final byte[] LOCAL_LABEL = {'.', 'L'};
    private static final int WRITABLE = 1;
    private static final int EXECUTABLE = 4;

    /// A debug kernel with everything built in has some 20 MiB.
    private static final long MOST_TABLE_BYTES = 256L << 20;

    private final ElfObject vmlinux;
    private final ElfSymbolLayout layout;
    private final ByteBuffer symbols;
    private final byte[] strings;
    private final long kernelOffset;
    private final LongPredicate moved;

    private ElfSymbols(ElfObject vmlinux, ElfSection symtab, long kernelOffset, LongPredicate moved)
            throws IOException {
        this.vmlinux = vmlinux;
        this.layout = ElfSymbolLayout.of(vmlinux.wordBytes());
        this.symbols = ByteBuffer.wrap(bytes(vmlinux, symtab)).order(vmlinux.order());
        this.strings = bytes(vmlinux, strings(vmlinux, symtab));
        this.kernelOffset = kernelOffset;
        this.moved = moved;
    }

    /// The symbols of a vmlinux, each for which `moved` holds shifted by `kernelOffset` bytes to where KASLR put it.
    ///
    /// Throws a [DumpException] when it has none, or they are damaged.
    public static SymbolTable read(ElfObject vmlinux, long kernelOffset, LongPredicate moved) throws IOException {
        ElfSection symtab = vmlinux.section(".symtab")
                .filter(ElfSection::hasBytes)
                .orElseThrow(() -> new DumpException(
                        vmlinux.name() + ": has no symbols; it was stripped, give the one with debug information"));
        return new ElfSymbols(vmlinux, symtab, kernelOffset, moved).table();
    }

    private static ElfSection strings(ElfObject vmlinux, ElfSection symtab) throws DumpException {
        if (symtab.link() <= 0 || symtab.link() >= vmlinux.sections().size()) {
            throw new DumpException(vmlinux.name() + ": the strings of .symtab are in section " + symtab.link()
                    + ", of " + vmlinux.sections().size());
        }
        return vmlinux.sections().get(symtab.link());
    }

    private static byte[] bytes(ElfObject vmlinux, ElfSection section) throws IOException {
        ByteSource source = vmlinux.bytes(section);
        if (source.size() > MOST_TABLE_BYTES) {
            throw new DumpException(vmlinux.name() + ": section " + section.name() + " has " + source.size()
                    + " bytes, expected up to " + MOST_TABLE_BYTES);
        }
        byte[] bytes = new byte[(int) source.size()];
        source.readFully(0, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private SymbolTable table() {
        int[] order = order();
        int[] starts = new int[order.length];
        byte[] types = new byte[order.length];
        long[] addresses = new long[order.length];
        long[] sizes = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            starts[i] = layout.name(symbols, order[i]);
            types[i] = (byte) letter(order[i]);
            addresses[i] = address(order[i]);
            sizes[i] = layout.size(symbols, order[i]);
        }
        PackedNames names = new PackedNames(strings, starts, types);
        return new SymbolTable("", names, new SymbolPlaces(addresses, sizes, new long[0]), null);
    }

    private int[] order() {
        int count = symbols.limit() / layout.bytes();
        return IntStream.range(0, count)
                .filter(this::isNamed)
                .boxed()
                .sorted(Comparator.comparing(this::address, Long::compareUnsigned)
                        .thenComparingInt(this::later)
                        .thenComparing(this::name, Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Names an address in memory, and is kept by the kernel's build (`scripts/mksysmap`).
    private boolean isNamed(int symbol) {
        int type = layout.info(symbols, symbol) & 0xf;
        int name = layout.name(symbols, symbol);
        return type != SECTION_SYMBOL
                && type != FILE_SYMBOL
                && layout.section(symbols, symbol) != UNDEFINED
                && name > 0
                && name < strings.length
                && strings[name] != 0
                && strings[name] != '$'
                && !startsWith(name, LOCAL_LABEL);
    }

    private boolean startsWith(int at, byte[] text) {
        return at + text.length <= strings.length && Arrays.equals(strings, at, at + text.length, text, 0, text.length);
    }

    private long address(int symbol) {
        long value = layout.value(symbols, symbol);
        return moved.test(value) ? value + kernelOffset : value;
    }

    private byte[] name(int symbol) {
        int start = layout.name(symbols, symbol);
        int end = start;
        while (end < strings.length && strings[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(strings, start, end);
    }

    private char letter(int symbol) {
        int section = layout.section(symbols, symbol);
        int binding = layout.info(symbols, symbol) >> 4;
        if (section >= vmlinux.sections().size() || !moved.test(layout.value(symbols, symbol))) {
            return 'A';
        }
        return letter(vmlinux.sections().get(section), binding);
    }

    private static char letter(ElfSection of, int binding) {
        if (binding == WEAK) {
            return isText(of) ? 'W' : 'V';
        }
        char letter = isText(of) ? 'T' : isZeroed(of) ? 'B' : (of.flags() & WRITABLE) != 0 ? 'D' : 'R';
        return binding == LOCAL ? Character.toLowerCase(letter) : letter;
    }

    private static boolean isText(ElfSection section) {
        return (section.flags() & EXECUTABLE) != 0;
    }

    /// By name, since a debug file leaves out the bytes of all sections.
    private static boolean isZeroed(ElfSection section) {
        return section.name().startsWith(".bss") || section.name().startsWith(".brk");
    }

    /// How far behind others at its address a symbol comes.
    private int later(int symbol) {
        byte[] name = name(symbol);
        int underscores = 0;
        while (underscores < name.length && name[underscores] == '_') {
            underscores++;
        }
        boolean linkers = isLinkers(new String(name, StandardCharsets.ISO_8859_1));
        return (letter(symbol) == 'W' ? 1 << 20 : 0) + (linkers ? 1 << 10 : 0) + underscores;
    }

    private static boolean isLinkers(String name) {
        return name.length() >= 8
                && name.startsWith("__")
                && (name.startsWith("start_", 2)
                        || name.startsWith("stop_", 2)
                        || name.startsWith("end_", 2)
                        || name.endsWith("_start")
                        || name.endsWith("_end"));
    }
}

package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The symbols that a loaded module keeps of itself: ELF entries, strings, letters (kernel:
/// `kernel/module/kallsyms.c`, `add_kallsyms`).
public final class ModuleSymbolsBuilder {

    /// Where the letters of nm(1) are.
    public enum Letters {
        /// Until 4.20.
        IN_INFO,
        /// 5.0 and 5.1.
        IN_SIZE,
        /// Since 5.2.
        IN_TABLE
    }

    private record Entry(char letter, long address, String name) {}

    private final SyntheticMemory memory;
    private final int wordBytes;
    private final List<Entry> entries = new ArrayList<>();
    private Letters letters = Letters.IN_TABLE;

    public ModuleSymbolsBuilder(SyntheticMemory memory, int wordBytes) {
        this.memory = memory;
        this.wordBytes = wordBytes;
        entries.add(new Entry('U', 0, ""));
    }

    /// The letter is a small one, whether or not the symbol is exported.
    public ModuleSymbolsBuilder symbol(char letter, long address, String name) {
        entries.add(new Entry(letter, address, name));
        return this;
    }

    public ModuleSymbolsBuilder letters(Letters where) {
        letters = where;
        return this;
    }

    public int count() {
        return entries.size();
    }

    public int entryBytes() {
        return wordBytes == Long.BYTES ? 24 : 16;
    }

    /// Writes the entries and the letters; the strings end where `stringsEnd` is, with the last NUL. Answers where
    /// they begin.
    public long write(long symtab, long stringsEnd, long typetab) {
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            putEntry(symtab + (long) i * entryBytes(), entry, strings.size());
            strings.writeBytes((entry.name() + "\0").getBytes(StandardCharsets.ISO_8859_1));
            if (letters == Letters.IN_TABLE) {
                memory.put8(typetab + i, entry.letter());
            }
        }
        memory.put(stringsEnd - strings.size(), strings.toByteArray());
        return stringsEnd - strings.size();
    }

    private void putEntry(long at, Entry entry, int name) {
        boolean wide = wordBytes == Long.BYTES;
        memory.put32(at, name);
        memory.put8(at + (wide ? 4 : 12), letters == Letters.IN_INFO ? entry.letter() : 0x12);
        memory.put16(at + (wide ? 6 : 14), entry.name().isEmpty() ? 0 : 1);
        memory.putWord(at + (wide ? 8 : 4), entry.address(), wordBytes);
        memory.putWord(at + (wide ? 16 : 8), letters == Letters.IN_SIZE ? entry.letter() : 0x20, wordBytes);
    }
}

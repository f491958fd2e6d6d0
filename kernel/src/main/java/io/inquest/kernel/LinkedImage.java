package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.ElfSection;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.symbol.ElfSymbols;
import io.inquest.kernel.symbol.SymbolTable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The kernel image in a vmlinux, as it was linked: before KASLR moved it and before anything of it ran.
///
/// A debug file may have left out the bytes of code and data; then there are symbols only.
public final class LinkedImage {

    private final ElfObject object;
    private @Nullable SymbolTable symbols;

    LinkedImage(ElfObject object) {
        this.object = object;
    }

    /// The path of the vmlinux.
    public String name() {
        return object.name();
    }

    /// The symbols, with addresses as linked.
    ///
    /// Throws a [DumpException] when the vmlinux was stripped.
    public synchronized SymbolTable symbols() throws IOException {
        if (symbols == null) {
            symbols = ElfSymbols.read(object, 0, address -> true);
        }
        return symbols;
    }

    /// The address of a symbol as linked; empty in a stripped file, too.
    public OptionalLong address(String symbol) throws IOException {
        try {
            return symbols().address(symbol);
        } catch (DumpException stripped) {
            return OptionalLong.empty();
        }
    }

    /// `linux_banner`, the line that begins with "Linux version"; "" where it cannot be found.
    public String banner() throws IOException {
        OptionalLong address = address("linux_banner");
        return address.isEmpty() ? "" : string(address.getAsLong());
    }

    /// The text that begins at a linked address, "" where the file does not hold it.
    public String string(long address) throws IOException {
        Optional<ElfSection> section = sectionOf(address);
        if (section.isEmpty()) {
            return "";
        }
        try {
            return new SectionCursor(object.bytes(section.get()), object.order(), SectionCursor.SMALL_WINDOW)
                    .seek(address - section.get().address())
                    .string();
        } catch (SectionFault damaged) {
            return "";
        }
    }

    private Optional<ElfSection> sectionOf(long address) {
        for (ElfSection section : object.sections()) {
            long offset = address - section.address();
            if (section.isInMemory() && section.hasBytes() && Long.compareUnsigned(offset, section.bytes()) < 0) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }
}

package io.inquest.kernel.elf;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// An ELF object that describes a kernel or a module: a vmlinux, a `.ko`, or the debug file of one.
///
/// Opening reads the headers. Sections are read where somebody asks; compressed ones (`SHF_COMPRESSED`, `.zdebug_`)
/// are expanded outside the Java heap, and those of a relocatable object are relocated as they are read. Safe for
/// many threads. Whoever opens it closes it, which closes the file.
public final class ElfObject implements Closeable {

    private final ByteSource file;
    private final ElfHeader header;
    private final List<ElfSection> sections;
    private final Function<String, OptionalLong> placement;

    private ElfObject(
            ByteSource file, ElfHeader header, List<ElfSection> sections, Function<String, OptionalLong> placement) {
        this.file = file;
        this.header = header;
        this.sections = sections;
        this.placement = placement;
    }

    /// Opens an object; throws a [DumpException] when it is none, or cut. The caller closes `file` then.
    public static ElfObject open(ByteSource file) throws IOException {
        ElfHeader header = ElfHeader.read(file);
        return new ElfObject(file, header, SectionTable.read(file, header), name -> OptionalLong.empty());
    }

    /// The same relocatable object as it was loaded: `sectionAddresses` tells where a section such as `.text`
    /// lies in memory. What it does not know is taken to be at 0.
    public ElfObject placedAt(Function<String, OptionalLong> sectionAddresses) {
        return new ElfObject(file, header, sections, sectionAddresses);
    }

    public String name() {
        return file.name();
    }

    /// Size of the file in bytes.
    public long size() {
        return file.size();
    }

    public ByteOrder order() {
        return header.order();
    }

    /// Size of an address: 4 or 8 bytes.
    public int wordBytes() {
        return header.wordBytes();
    }

    /// `e_machine`; 62 is x86-64.
    public int machine() {
        return header.machine();
    }

    /// Whether it is an object that the kernel's loader or a linker has yet to place: a `.ko`.
    public boolean isRelocatable() {
        return header.type() == ElfHeader.RELOCATABLE;
    }

    public List<ElfSection> sections() {
        return sections;
    }

    /// The first section of that name.
    public Optional<ElfSection> section(String name) {
        for (ElfSection section : sections) {
            if (section.name().equals(name)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /// The address of a section in memory: as linked, or as placed by [#placedAt].
    public long addressOf(ElfSection section) {
        if (!isRelocatable() || !section.isInMemory()) {
            return section.address();
        }
        return placement.apply(section.name()).orElse(0);
    }

    /// The bytes of the section of that name, expanded and relocated; `.debug_info` also finds `.zdebug_info`.
    ///
    /// Empty when there is none or the file left its bytes out. Throws a [DumpException] when they are damaged.
    public Optional<ByteSource> bytes(String name) throws IOException {
        Optional<ElfSection> section = section(name);
        if (section.isEmpty() && name.startsWith(".debug_")) {
            section = section(".z" + name.substring(1));
        }
        if (section.isEmpty() || !section.get().hasBytes()) {
            return Optional.empty();
        }
        return Optional.of(bytes(section.get()));
    }

    /// The bytes of a section, expanded and relocated.
    public ByteSource bytes(ElfSection section) throws IOException {
        ByteSource bytes = stored(section);
        if (section.isCompressed()) {
            bytes = Expansion.of(bytes, order(), wordBytes());
        } else if (section.name().startsWith(".zdebug_")) {
            bytes = Expansion.ofZdebug(bytes);
        }
        return isRelocatable() ? relocated(section, bytes) : bytes;
    }

    private ByteSource relocated(ElfSection section, ByteSource bytes) throws IOException {
        for (ElfSection table : sections) {
            if (table.type() == ElfSection.RELOCATIONS_WITH_ADDENDS && table.info() == section.index()) {
                return RelocatedSection.of(this, section, bytes, table);
            }
        }
        return bytes;
    }

    /// The bytes of a section as the file holds them.
    ByteSource stored(ElfSection section) throws DumpException {
        long start = section.offset();
        if (!section.hasBytes()) {
            return new SectionSource(file, file.name() + " " + section.name(), 0, 0);
        }
        if (start < 0 || section.bytes() < 0 || start > file.size() || section.bytes() > file.size() - start) {
            throw new DumpException(file.name() + ": section " + section.name() + " has "
                    + Long.toUnsignedString(section.bytes()) + " bytes at " + Long.toUnsignedString(start)
                    + ", but the file ends at " + file.size() + "; it is a cut copy, so copy it again");
        }
        return new SectionSource(file, file.name() + " " + section.name(), start, section.bytes());
    }

    /// A cursor over the stored bytes of a section.
    SectionCursor cursor(ElfSection section, int windowBytes) throws DumpException {
        return new SectionCursor(stored(section), order(), windowBytes);
    }

    /// The build id as hexadecimal digits (note `NT_GNU_BUILD_ID`), which tells which kernel it belongs to.
    public Optional<String> buildId() {
        for (ElfSection section : sections) {
            if (section.type() == ElfSection.NOTES && section.hasBytes()) {
                Optional<byte[]> id = BuildIdNote.in(this, section);
                if (id.isPresent()) {
                    return Optional.of(HexFormat.of().formatHex(id.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// Tells `visitor` all symbols of `.symtab` in their order; none when it was stripped.
    ///
    /// Throws a [SectionFault] where the table is damaged, after those before.
    public void symbols(ElfSymbolVisitor visitor) throws IOException {
        for (ElfSection section : sections) {
            if (section.type() == ElfSection.SYMBOLS && section.hasBytes()) {
                SymbolReader.open(this, section).readAll(visitor);
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return name();
    }
}

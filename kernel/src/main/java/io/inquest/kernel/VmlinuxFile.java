package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.dump.elf.ElfMachine;
import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.dwarf.Dwarf;
import io.inquest.kernel.dwarf.DwarfTypes;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.dwarf.SupplementaryFiles;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.type.GlobalTypes;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.TypeSource;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.MalformedBtf;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A vmlinux by itself: its symbols, types and data as linked, whether there is a dump or not.
///
/// Types come from the section `.BTF`, which is small and was made of the debug information, or else from the
/// debug information (DWARF). Nothing but headers is read until it is asked for. For one thread.
public final class VmlinuxFile implements Closeable {

    /// In `struct new_utsname`: three fields of 65 bytes, `sysname`, `nodename`, `release`.
    private static final int RELEASE = 2 * 65;

    /// Of all architectures known here.
    private static final int PAGE_SHIFT = 12;

    /// The BTF of a debug kernel has 6 MiB.
    private static final long MOST_BTF_BYTES = 256L << 20;

    private final ElfObject object;
    private final LinkedImage image;
    private final SupplementaryFiles others;
    private final IndexStore indexes;
    private @Nullable Types types;
    private @Nullable Dwarf dwarf;

    private VmlinuxFile(ElfObject object, SupplementaryFiles others, IndexStore indexes) {
        this.object = object;
        this.image = new LinkedImage(object);
        this.others = others;
        this.indexes = indexes;
    }

    /// Opens a vmlinux, or throws a [DumpException] that says why the file is none.
    ///
    /// `file` is closed with this object; when this fails, by the caller.
    public static VmlinuxFile open(ByteSource file, SupplementaryFiles others, IndexStore indexes) throws IOException {
        ElfObject object = ElfObject.open(file);
        if (object.isRelocatable()) {
            throw new DumpException(
                    object.name() + ": is no vmlinux but an object yet to be linked, such as a module's .ko");
        }
        return new VmlinuxFile(object, others, indexes);
    }

    /// Its path.
    public String name() {
        return object.name();
    }

    /// The machine that it is for. Throws a [DumpException] where that is of a type that is not known here, whose
    /// page size no file tells.
    public Machine machine() throws DumpException {
        boolean little = object.order() == ByteOrder.LITTLE_ENDIAN;
        String machine = ElfMachine.name(object.machine(), object.wordBytes() == Long.BYTES, little);
        Machine found = new Machine(machine, object.order(), object.wordBytes(), PAGE_SHIFT);
        Architectures.of(found);
        return found;
    }

    /// Its symbols, code and data.
    public LinkedImage image() {
        return image;
    }

    /// Its types.
    ///
    /// Throws a [DumpException] when it has neither BTF nor debug information.
    public Types types() throws IOException {
        if (types == null) {
            TypeSource described = describedTypes();
            int pointerBytes = object.wordBytes();
            GlobalTypes globals = new GlobalTypes(new Types(List.of(described), pointerBytes), new LinkedVariables());
            types = new Types(List.of(described, globals), pointerBytes);
        }
        return types;
    }

    private TypeSource describedTypes() throws IOException {
        Optional<Btf> btf = btf();
        if (btf.isPresent()) {
            return btf.get();
        }
        if (!Dwarf.isIn(object)) {
            throw new DumpException(object.name() + ": has no types (neither a section .BTF nor .debug_info); give the"
                    + " one of the kernel's debug package");
        }
        try {
            dwarf = Dwarf.open(object, others, indexes);
        } catch (SectionFault damaged) {
            throw new DumpException(damaged.getMessage() + "; copy the file again", damaged);
        }
        return new DwarfTypes(dwarf);
    }

    /// A section that is damaged is as good as none.
    private Optional<Btf> btf() throws IOException {
        Optional<ByteSource> section = object.bytes(".BTF");
        if (section.isEmpty() || section.get().size() > MOST_BTF_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) section.get().size()];
        section.get().readFully(0, ByteBuffer.wrap(bytes));
        try {
            return Optional.of(Btf.of("vmlinux", bytes, object.order(), object.wordBytes()));
        } catch (MalformedBtf damaged) {
            return Optional.empty();
        }
    }

    /// The release of the kernel, such as `6.12.107+deb13-cloud-amd64`, out of the data of the image.
    ///
    /// Throws a [DumpException] when it cannot be found there.
    public String release() throws IOException {
        OptionalLong namespace = image.address("init_uts_ns");
        OptionalLong name = namespace.isPresent()
                ? OptionalLong.of(namespace.getAsLong() + offsetOfName())
                : image.address("system_utsname");
        String release = name.isPresent() ? image.string(name.getAsLong() + RELEASE) : "";
        if (KernelRelease.parse(release).isEmpty()) {
            throw new DumpException(object.name() + ": does not say its release: expected init_uts_ns or system_utsname"
                    + " in its data; a debug file that left code and data out does not do");
        }
        return release;
    }

    private long offsetOfName() throws IOException {
        return types().findStruct("uts_namespace")
                .flatMap(struct -> struct.member("name"))
                .map(Member::offset)
                .orElse((long) Integer.BYTES);
    }

    /// Throws a [DumpException] that says what differs when it is not the vmlinux of a dead kernel; else the
    /// answer is by how many bytes KASLR moved that.
    public long movedIn(Kernel kernel) throws IOException {
        VmlinuxCheck check = new VmlinuxCheck(kernel, object);
        check.requireSameKernel();
        return check.moved();
    }

    @Override
    public void close() throws IOException {
        Dwarf opened = dwarf;
        try (object) {
            if (opened != null) {
                opened.close();
            }
        }
    }

    @Override
    public String toString() {
        return name();
    }

    /// What the file tells of its variables, for the table of their types; the words that they begin with are
    /// those of a kernel that has not run.
    private final class LinkedVariables implements GlobalTypes.Evidence {

        @Override
        public OptionalLong room(String symbol) {
            try {
                Optional<Symbol> found = image.symbols().find(symbol).filter(each -> each.bytes() > 0);
                return found.isPresent() ? OptionalLong.of(found.get().bytes()) : OptionalLong.empty();
            } catch (DumpException stripped) {
                return OptionalLong.empty();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public OptionalLong word(String symbol) {
            return OptionalLong.empty();
        }
    }
}

package io.inquest.kernel.module;

import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.TypeSource;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.KernelBtf;
import io.inquest.kernel.type.btf.MalformedBtf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The types of one loaded module, which are read when the first of them is asked for.
///
/// The kernel keeps a module's BTF, fitted to its own, behind a `struct btf` (`kernel/bpf/btf.c`):
///
/// | Member          | Meaning                                                      |
/// |-----------------|--------------------------------------------------------------|
/// | `data`          | address of the section                                       |
/// | `data_size`     | its bytes                                                    |
/// | `start_id`      | the id of its first type                                     |
/// | `start_str_off` | the offset of its first string                               |
/// | `name`          | the module, or `vmlinux`                                     |
/// | `kernel_btf`    | whether it is of the kernel or a module, and no BPF program's |
///
/// A `module.btf_data` is null once the module is loaded, so it is not asked.
public final class ModuleBtf implements TypeSource {

    private final KernelObject struct;
    private final Btf base;
    private boolean read;
    private @Nullable Btf btf;

    /// `struct` is the `struct btf`.
    ModuleBtf(KernelObject struct, Btf base) {
        this.struct = struct;
        this.base = base;
    }

    /// The module's name.
    public String name() {
        return struct.member("name").string();
    }

    /// The address of its section.
    long address() {
        return struct.member("data").unsigned();
    }

    long bytes() {
        return struct.member("data_size").unsigned();
    }

    /// Its BTF, empty when it cannot be read or is none.
    public synchronized Optional<Btf> btf() {
        if (!read) {
            read = true;
            btf = open();
        }
        return Optional.ofNullable(btf);
    }

    private @Nullable Btf open() {
        try {
            byte[] section = KernelBtf.read(struct.space(), address(), bytes());
            int startId = struct.member("start_id").intValue();
            int stringStart = struct.member("start_str_off").intValue();
            return Btf.split(name(), section, struct.space().order(), base, startId, stringStart);
        } catch (MalformedBtf noBtf) {
            return null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String describe() {
        return btf().map(Btf::describe).orElse("BTF of " + name() + " (not readable)");
    }

    @Override
    public List<KernelType> named(TypeKind kind, String name) {
        return btf().map(own -> own.named(kind, name)).orElse(List.of());
    }

    @Override
    public Optional<KernelType> variable(String name) {
        return btf().flatMap(own -> own.variable(name));
    }

    @Override
    public OptionalLong enumerator(String name) {
        return btf().map(own -> own.enumerator(name)).orElse(OptionalLong.empty());
    }

    @Override
    public void names(TypeKind kind, Consumer<String> visitor) {
        btf().ifPresent(own -> own.names(kind, visitor));
    }
}

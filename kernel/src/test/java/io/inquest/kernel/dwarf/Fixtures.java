package io.inquest.kernel.dwarf;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The objects that `make-fixtures` compiled of `shapes.c`.
final class Fixtures {

    private Fixtures() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    static ElfObject object(String name) throws IOException {
        return ElfObject.open(new MemorySource(name, bytes(name)));
    }

    static Dwarf dwarf(String name) throws IOException {
        return Dwarf.open(object(name), SupplementaryFiles.NONE, IndexStore.NONE);
    }

    static Types types(String name) throws IOException {
        return new Types(List.of(new DwarfTypes(dwarf(name))), 8);
    }

    /// Finds split files among the fixtures, and a package of that name, "" for none.
    static SupplementaryFiles nearby(String splitPackage) {
        return new SupplementaryFiles() {
            @Override
            public Optional<ByteSource> alternate(String name, String buildId) {
                return Optional.empty();
            }

            @Override
            public Optional<ByteSource> split(String directory, String name) throws IOException {
                return splitPackage.isEmpty() ? Optional.of(new MemorySource(name, bytes(name))) : Optional.empty();
            }

            @Override
            public Optional<ByteSource> splitPackage() throws IOException {
                return splitPackage.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new MemorySource(splitPackage, bytes(splitPackage)));
            }
        };
    }
}

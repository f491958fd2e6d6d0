package io.inquest.kernel.dwarf;

import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

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
}

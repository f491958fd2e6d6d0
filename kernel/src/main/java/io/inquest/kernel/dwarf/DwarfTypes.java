package io.inquest.kernel.dwarf;

import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.TypeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// The types of a debug file.
public final class DwarfTypes implements TypeSource {

    private final Dwarf dwarf;
    private final TypeReader reader;

    public DwarfTypes(Dwarf dwarf) {
        this.dwarf = dwarf;
        this.reader = new TypeReader(dwarf);
    }

    @Override
    public String describe() {
        String path = dwarf.name();
        return "DWARF of " + path.substring(path.lastIndexOf('/') + 1) + " ("
                + dwarf.index().entries() + " names)";
    }

    @Override
    public List<KernelType> named(TypeKind kind, String name) {
        List<KernelType> types = new ArrayList<>();
        for (long reference : dwarf.index().find(EntryKind.of(kind), name)) {
            KernelType type = reader.type(reference);
            if (!types.contains(type)) {
                types.add(type);
            }
        }
        return types;
    }

    @Override
    public Optional<KernelType> variable(String name) {
        for (long reference : dwarf.index().find(EntryKind.VARIABLE, name)) {
            Optional<KernelType> type = reader.typeOfVariable(reference);
            if (type.isPresent()) {
                return type;
            }
        }
        return Optional.empty();
    }

    @Override
    public OptionalLong enumerator(String name) {
        for (long reference : dwarf.index().find(EntryKind.ENUMERATOR, name)) {
            try {
                return OptionalLong.of(reader.enumeratorValue(reference));
            } catch (SectionFault damaged) {
                // Another enumeration may have the same name.
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void names(TypeKind kind, Consumer<String> visitor) {
        dwarf.index().names(EntryKind.of(kind), visitor);
    }
}

package io.inquest.kernel.dwarf;

import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The debug information of one file: vmlinux, a module, or a debug file of one.
///
/// Opening makes the index of its names or takes it from an [IndexStore]; all else is read where it is asked for.
/// Safe for many threads, one at a time. The [ElfObject] must stay open as long as this is in use.
public final class Dwarf {

    private final ElfObject object;
    private final NameIndex index;
    private final DebugFile file;

    private Dwarf(ElfObject object, NameIndex index, DebugFile file) {
        this.object = object;
        this.index = index;
        this.file = file;
    }

    /// Whether a file has debug information at all.
    public static boolean isIn(ElfObject object) {
        return object.section(".debug_info")
                .or(() -> object.section(".zdebug_info"))
                .filter(section -> section.hasBytes() && section.bytes() > 0)
                .isPresent();
    }

    /// The debug information of an object that has some.
    ///
    /// Throws a [SectionFault] when its sections cannot be read at all.
    public static Dwarf open(ElfObject object, SupplementaryFiles files, IndexStore store) {
        DebugSections sections = DebugSections.of(object);
        NameIndex index = index(object, sections, store);
        return new Dwarf(object, index, new DebugFile(sections, 0, index.units()));
    }

    private static NameIndex index(ElfObject object, DebugSections sections, IndexStore store) {
        String buildId = object.buildId().orElse("");
        Optional<NameIndex> kept = buildId.isEmpty()
                ? Optional.empty()
                : store.load(buildId).flatMap(bytes -> NameIndex.open(bytes, buildId, object.size()));
        if (kept.isPresent()) {
            return kept.get();
        }
        NameIndex made = IndexBuilder.build(sections, buildId, object.size());
        if (!buildId.isEmpty()) {
            ByteBuffer bytes = made.stored();
            store.save(buildId, bytes);
        }
        return made;
    }

    public String name() {
        return object.name();
    }

    ElfObject object() {
        return object;
    }

    NameIndex index() {
        return index;
    }

    /// The file of a number in a [DieReference].
    DebugFile file(int number) {
        if (number != 0) {
            throw new SectionFault(name() + ": an entry of file " + number + ", which is not at hand");
        }
        return file;
    }

    /// The unit that an entry belongs to.
    Unit unit(long reference) {
        return file(DieReference.file(reference))
                .unitAt(DieReference.section(reference), DieReference.offset(reference));
    }
}

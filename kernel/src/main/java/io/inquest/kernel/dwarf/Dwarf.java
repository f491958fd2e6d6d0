package io.inquest.kernel.dwarf;

import io.inquest.kernel.elf.ElfObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// The debug information of one file: vmlinux, a module, or a debug file of one.
///
/// Opening makes the index of its names or takes it from an [IndexStore]; all else is read where it is asked for.
/// Safe for many threads, one at a time. The [ElfObject] must stay open as long as this is in use.
public final class Dwarf implements Closeable {

    private final ElfObject object;
    private final NameIndex index;
    private final FileSet files;

    private Dwarf(ElfObject object, NameIndex index, FileSet files) {
        this.object = object;
        this.index = index;
        this.files = files;
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
    /// Throws a [io.inquest.kernel.elf.SectionFault] when its sections cannot be read at all.
    public static Dwarf open(ElfObject object, SupplementaryFiles files, IndexStore store) {
        DebugSections sections = DebugSections.of(object);
        String buildId = object.buildId().orElse("");
        Optional<NameIndex> kept = buildId.isEmpty()
                ? Optional.empty()
                : store.load(buildId).flatMap(bytes -> NameIndex.open(bytes, buildId, object.size()));
        if (kept.isPresent()) {
            return new Dwarf(
                    object, kept.get(), new FileSet(sections, kept.get().units(), files));
        }
        FileSet set = new FileSet(sections, UnitStarts.read(sections), files);
        IndexBuilder builder = new IndexBuilder(set);
        NameIndex made = builder.build(buildId, object.size());
        if (!buildId.isEmpty() && builder.isComplete()) {
            store.save(buildId, made.stored());
        }
        return new Dwarf(object, made, set);
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
        return files.file(number);
    }

    /// The unit that an entry belongs to.
    Unit unit(long reference) {
        return file(DieReference.file(reference))
                .unitAt(DieReference.section(reference), DieReference.offset(reference));
    }

    /// Closes the files that the debug file names; itself belongs to whoever opened it.
    @Override
    public synchronized void close() throws IOException {
        files.close();
    }
}

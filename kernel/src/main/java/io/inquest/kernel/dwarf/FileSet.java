package io.inquest.kernel.dwarf;

import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A debug file and those that it names, by their numbers in a [DieReference]: itself, the alternate file of dwz,
/// and the `.dwo` files of its skeleton units in their order. For one thread at a time.
final class FileSet implements Closeable {

    static final int MAIN = 0;
    static final int ALTERNATE = 1;
    static final int FIRST_SPLIT = 2;

    private final SupplementaryFiles others;
    private final DebugFile main;
    private final Map<Integer, DebugFile> opened = new HashMap<>();
    private final Map<Integer, ElfObject> objects = new HashMap<>();
    private Optional<ElfObject> splitPackage = Optional.empty();
    private boolean isPackageSought;

    FileSet(DebugSections sections, UnitStarts starts, SupplementaryFiles others) {
        this.others = others;
        this.main = new DebugFile(sections, MAIN, starts, null, this);
        opened.put(MAIN, main);
    }

    DebugFile main() {
        return main;
    }

    /// The file of a number; throws a [SectionFault] where it is not at hand.
    DebugFile file(int number) {
        DebugFile file = opened.get(number);
        if (file == null) {
            file = number == ALTERNATE ? openAlternate() : openSplit(number);
            opened.put(number, file);
        }
        return file;
    }

    /// The number of the file that the rest of a skeleton unit is in.
    int numberOfSplit(UnitHeader skeleton) {
        int ordinal = Arrays.binarySearch(main.starts().of(Section.INFO), skeleton.start());
        if (ordinal < 0 || ordinal > DieReference.LARGEST_FILE - FIRST_SPLIT) {
            throw new SectionFault(main.sections().name() + ": more split units than can be counted");
        }
        return FIRST_SPLIT + ordinal;
    }

    /// Closes a file again, of which there may be thousands.
    void forget(int number) {
        opened.remove(number);
        ElfObject object = objects.remove(number);
        try {
            if (object != null) {
                object.close();
            }
        } catch (IOException ofNoUse) {
            // Nothing was written to it.
        }
    }

    private DebugFile openAlternate() {
        AlternateLink link = AlternateLink.of(main.sections())
                .orElseThrow(() -> new SectionFault(main.sections().name() + ": names no alternate file"));
        ElfObject object = link.open(others)
                .orElseThrow(() -> new SectionFault(
                        main.sections().name() + ": its alternate file " + link.name() + " is not at hand"));
        objects.put(ALTERNATE, object);
        DebugSections sections = DebugSections.of(object);
        return new DebugFile(sections, ALTERNATE, UnitStarts.read(sections), null, this);
    }

    private DebugFile openSplit(int number) {
        long[] starts = main.starts().of(Section.INFO);
        if (number - FIRST_SPLIT >= starts.length) {
            throw new SectionFault(main.sections().name() + ": has no file of number " + number);
        }
        Unit skeleton = main.unit(Section.INFO, starts[number - FIRST_SPLIT]);
        SplitName name = SplitName.of(skeleton)
                .orElseThrow(() -> new SectionFault(main.sections().name() + ": a unit is no skeleton"));
        try {
            DebugSections sections = sections(number, name);
            return new DebugFile(sections, number, UnitStarts.read(sections), skeleton, this);
        } catch (IOException unusable) {
            throw new SectionFault(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private DebugSections sections(int number, SplitName name) throws IOException {
        Optional<ElfObject> all = splitPackage();
        if (all.isPresent()) {
            Optional<Map<String, SplitPackage.Part>> parts =
                    SplitPackage.of(DebugSections.ofSplit(all.get())).find(name.id());
            if (parts.isPresent()) {
                return DebugSections.ofPackaged(all.get(), parts.get());
            }
        }
        ByteSource source = others.split(name.directory(), name.file())
                .orElseThrow(() -> new SectionFault(
                        main.sections().name() + ": its split file " + name.file() + " is not at hand"));
        ElfObject object = ElfObject.open(source);
        objects.put(number, object);
        return DebugSections.ofSplit(object);
    }

    private Optional<ElfObject> splitPackage() throws IOException {
        if (!isPackageSought) {
            isPackageSought = true;
            Optional<ByteSource> source = others.splitPackage();
            splitPackage = source.isPresent() ? Optional.of(ElfObject.open(source.get())) : Optional.empty();
        }
        return splitPackage;
    }

    @Override
    public void close() throws IOException {
        for (ElfObject object : objects.values()) {
            object.close();
        }
        if (splitPackage.isPresent()) {
            splitPackage.get().close();
        }
    }
}

package io.inquest.kernel.dwarf;

import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/// The file that dwz moved entries to which several debug files have in common.
///
/// `.gnu_debugaltlink` holds its name, a zero byte, and its build id. DWARF 5 calls it supplementary: `.debug_sup`
/// holds version (2 bytes), whether this file is the supplementary one (1 byte), its name, and length (ULEB128) and
/// bytes of a checksum.
record AlternateLink(String name, String buildId) {

    /// Empty where the file needs no other.
    static Optional<AlternateLink> of(DebugSections sections) {
        Optional<ByteSource> gnu = sections.find(".gnu_debugaltlink");
        if (gnu.isPresent()) {
            SectionCursor cursor = new SectionCursor(gnu.get(), sections.order(), SectionCursor.SMALL_WINDOW);
            String name = cursor.string();
            byte[] id = cursor.bytes((int) Math.min(cursor.size() - cursor.position(), 64));
            return Optional.of(new AlternateLink(name, HexFormat.of().formatHex(id)));
        }
        Optional<ByteSource> standard = sections.find(".debug_sup");
        if (standard.isEmpty()) {
            return Optional.empty();
        }
        SectionCursor cursor = new SectionCursor(standard.get(), sections.order(), SectionCursor.SMALL_WINDOW);
        cursor.skip(2);
        boolean isSupplementary = cursor.u8() != 0;
        String name = cursor.string();
        byte[] checksum = cursor.bytes(Math.clamp(cursor.uleb(), 0, 64));
        return isSupplementary
                ? Optional.empty()
                : Optional.of(new AlternateLink(name, HexFormat.of().formatHex(checksum)));
    }

    /// Opens the file; empty where it is not at hand or is another one.
    Optional<ElfObject> open(SupplementaryFiles files) {
        try {
            Optional<ByteSource> found = files.alternate(name, buildId);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            ElfObject object = ElfObject.open(found.get());
            Optional<String> id = object.buildId();
            return id.isPresent() && !id.get().equals(buildId) ? Optional.empty() : Optional.of(object);
        } catch (IOException | SectionFault unusable) {
            return Optional.empty();
        }
    }
}

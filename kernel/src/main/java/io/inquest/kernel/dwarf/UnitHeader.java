package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;

/// The header of a unit, that is of what one compiled source file became.
///
/// | DWARF 5 | DWARF 4 | Field                 | Meaning                                                        |
/// |---------|---------|-----------------------|----------------------------------------------------------------|
/// | 4, 12   | 4, 12   | `unit_length`         | bytes after it; 0xffffffff and 8 bytes: 64-bit DWARF           |
/// | 2       | 2       | `version`             | 2 to 5                                                         |
/// | 1       |         | `unit_type`           | 1 compile, 2 type, 3 partial, 4 skeleton, 5 split compile,   |
/// |         |         |                       | 6 split type                                                   |
/// | 1       | last    | `address_size`        | 4 or 8                                                         |
/// | 4, 8    | 4, 8    | `debug_abbrev_offset` | its abbreviations                                              |
/// | 8       |         | `dwo_id`              | of skeleton and split compile units                            |
/// | 8       | 8       | `type_signature`      | of type units (DWARF 4: in `.debug_types`)                     |
/// | 4, 8    | 4, 8    | `type_offset`         | of type units: their type, from the start of the unit          |
///
/// Sizes differ in 32-bit and 64-bit DWARF. Source: DWARF 5, section 7.5.1.
///
/// @param section `INFO` or `TYPES`
/// @param start offset of the header in its section
/// @param entries offset of the first entry
/// @param end offset behind the unit
/// @param id `dwo_id` or type signature, 0 where there is none
/// @param type offset in the section of a type unit's type, 0 in other units
record UnitHeader(
        Section section,
        long start,
        long entries,
        long end,
        int version,
        Kind kind,
        int addressBytes,
        int offsetBytes,
        long abbreviations,
        long id,
        long type) {

    /// Where entries are.
    enum Section {
        INFO,
        TYPES
    }

    /// `unit_type`.
    enum Kind {
        COMPILE,
        TYPE,
        PARTIAL,
        SKELETON,
        SPLIT_COMPILE,
        SPLIT_TYPE;

        boolean isType() {
            return this == TYPE || this == SPLIT_TYPE;
        }
    }

    private static final long IS_64_BIT = 0xffff_ffffL;
    private static final Kind[] KINDS = Kind.values();

    /// Reads the header at the cursor.
    static UnitHeader read(SectionCursor cursor, Section section) {
        long start = cursor.position();
        long length = cursor.u32();
        int offsetBytes = 4;
        if (length == IS_64_BIT) {
            length = cursor.i64();
            offsetBytes = 8;
        }
        long body = cursor.position();
        if (length < 0 || length > cursor.size() - body) {
            throw new SectionFault(cursor.name() + ": the unit at " + Hex.of(start) + " claims "
                    + Long.toUnsignedString(length) + " bytes, but the section ends at " + Hex.of(cursor.size()));
        }
        int version = cursor.u16();
        if (version < 2 || version > 5) {
            throw new SectionFault(cursor.name() + ": the unit at " + Hex.of(start) + " is of DWARF version " + version
                    + ", expected 2 to 5");
        }
        return version >= 5
                ? readVersion5(cursor, section, start, body + length, offsetBytes)
                : readOlder(cursor, section, start, body + length, offsetBytes, version);
    }

    private static UnitHeader readVersion5(
            SectionCursor cursor, Section section, long start, long end, int offsetBytes) {
        int kindCode = cursor.u8();
        if (kindCode < 1 || kindCode > KINDS.length) {
            throw new SectionFault(
                    cursor.name() + ": the unit at " + Hex.of(start) + " is of the unknown type " + kindCode);
        }
        Kind kind = KINDS[kindCode - 1];
        int addressBytes = addressBytes(cursor);
        long abbreviations = cursor.unsigned(offsetBytes);
        boolean hasId = kind != Kind.COMPILE && kind != Kind.PARTIAL;
        long id = hasId ? cursor.i64() : 0;
        long type = kind.isType() ? start + cursor.unsigned(offsetBytes) : 0;
        return new UnitHeader(
                section, start, cursor.position(), end, 5, kind, addressBytes, offsetBytes, abbreviations, id, type);
    }

    private static UnitHeader readOlder(
            SectionCursor cursor, Section section, long start, long end, int offsetBytes, int version) {
        long abbreviations = cursor.unsigned(offsetBytes);
        int addressBytes = addressBytes(cursor);
        Kind kind = section == Section.TYPES ? Kind.TYPE : Kind.COMPILE;
        long id = kind == Kind.TYPE ? cursor.i64() : 0;
        long type = kind == Kind.TYPE ? start + cursor.unsigned(offsetBytes) : 0;
        return new UnitHeader(
                section,
                start,
                cursor.position(),
                end,
                version,
                kind,
                addressBytes,
                offsetBytes,
                abbreviations,
                id,
                type);
    }

    private static int addressBytes(SectionCursor cursor) {
        int bytes = cursor.u8();
        if (bytes != 4 && bytes != 8) {
            throw new SectionFault(cursor.name() + ": addresses of " + bytes + " bytes before "
                    + Hex.of(cursor.position()) + ", expected 4 or 8");
        }
        return bytes;
    }
}

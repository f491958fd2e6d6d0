package io.inquest.kernel.dwarf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// The names of a debug file's entries, searched where they lie: in the bytes of a stored index.
///
/// | Offset | Size | Field        | Meaning                                                                |
/// |-------:|-----:|--------------|------------------------------------------------------------------------|
/// |      0 |    8 | magic        | `INQDWARF`                                                             |
/// |      8 |    4 | version      | 1                                                                      |
/// |     12 |    4 | checksum     | CRC-32C of all that follows                                            |
/// |     16 |    8 | file size    | of the debug file                                                      |
/// |     24 |   64 | build id     | of the debug file, as hexadecimal digits, filled with zeros            |
/// |     88 |    4 | E            | number of entries                                                      |
/// |     92 |    4 | U            | number of units in `.debug_info`                                       |
/// |     96 |    4 | T            | number of units in `.debug_types`                                      |
/// |    100 |    4 | N            | bytes of names                                                         |
/// |    104 | 16 E | entries      | by hash, unsigned: hash of the name (4), place of the name (4), entry (8) |
/// |        |  8 U | units        | offsets of their headers, ascending                                    |
/// |        |  8 T | type units   | the same in `.debug_types`                                             |
/// |        |    N | names        | UTF-8, each ended by a zero byte                                       |
///
/// An entry is a [DieReference] with its [EntryKind] in bits 58 to 61 and bit 57 set if it is a declaration only.
/// Numbers are little endian; the hash is 32-bit FNV-1a.
final class NameIndex {

    static final int VERSION = 1;

    private static final long MAGIC = 0x4652_4157_4451_4e49L;
    private static final int VERSION_AT = 8;
    private static final int CHECKSUM_AT = 12;
    private static final int FILE_SIZE_AT = 16;
    private static final int BUILD_ID_AT = 24;
    private static final int BUILD_ID_BYTES = 64;
    private static final int COUNTS_AT = 88;
    private static final int ENTRIES_AT = 104;
    private static final int ENTRY_BYTES = 16;

    private static final long DECLARATION = 1L << 57;
    private static final int KIND_SHIFT = 58;

    private final ByteBuffer bytes;
    private final int entries;
    private final int units;
    private final int typeUnits;
    private final int namesAt;

    private NameIndex(ByteBuffer bytes) {
        this.bytes = bytes;
        this.entries = bytes.getInt(COUNTS_AT);
        this.units = bytes.getInt(COUNTS_AT + 4);
        this.typeUnits = bytes.getInt(COUNTS_AT + 8);
        this.namesAt = ENTRIES_AT + ENTRY_BYTES * entries + Long.BYTES * (units + typeUnits);
    }

    /// An index as it was stored; empty when it is damaged, or of another format or file.
    static Optional<NameIndex> open(ByteBuffer stored, String buildId, long fileSize) {
        ByteBuffer bytes = stored.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < ENTRIES_AT
                || bytes.getLong(0) != MAGIC
                || bytes.getInt(VERSION_AT) != VERSION
                || bytes.getLong(FILE_SIZE_AT) != fileSize
                || bytes.getInt(CHECKSUM_AT) != checksum(bytes)
                || bytes.limit() != expectedBytes(bytes)
                || !Arrays.equals(buildIdField(buildId), buildIdOf(bytes))) {
            return Optional.empty();
        }
        return Optional.of(new NameIndex(bytes));
    }

    /// Lays an index out; `hashes`, `nameAts` and `references` describe the entries in order of their hashes.
    static NameIndex create(
            String buildId,
            long fileSize,
            long[] entries,
            int[] hashes,
            int[] nameAts,
            UnitStarts units,
            byte[] names) {
        int size = ENTRIES_AT + ENTRY_BYTES * entries.length + Long.BYTES * units.count() + names.length;
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0, MAGIC).putInt(VERSION_AT, VERSION).putLong(FILE_SIZE_AT, fileSize);
        bytes.put(BUILD_ID_AT, buildIdField(buildId));
        bytes.position(COUNTS_AT);
        bytes.putInt(entries.length)
                .putInt(units.info().length)
                .putInt(units.types().length)
                .putInt(names.length);
        for (int i = 0; i < entries.length; i++) {
            bytes.putInt(hashes[i]).putInt(nameAts[i]).putLong(entries[i]);
        }
        for (long start : units.info()) {
            bytes.putLong(start);
        }
        for (long start : units.types()) {
            bytes.putLong(start);
        }
        bytes.put(names).flip();
        bytes.putInt(CHECKSUM_AT, checksum(bytes));
        return new NameIndex(bytes);
    }

    /// An entry as the index holds it.
    static long entry(EntryKind kind, boolean declaration, long reference) {
        return reference | (declaration ? DECLARATION : 0) | (long) kind.code() << KIND_SHIFT;
    }

    static EntryKind kind(long entry) {
        return EntryKind.ofCode((int) (entry >>> KIND_SHIFT));
    }

    static boolean isDeclaration(long entry) {
        return (entry & DECLARATION) != 0;
    }

    static long reference(long entry) {
        return entry & (DECLARATION - 1);
    }

    /// The hash of a name's bytes.
    static int hash(byte[] name) {
        int hash = 0x811c9dc5;
        for (byte next : name) {
            hash = (hash ^ (next & 0xff)) * 0x01000193;
        }
        return hash;
    }

    /// The bytes to store.
    ByteBuffer stored() {
        return bytes.duplicate().rewind();
    }

    int entries() {
        return entries;
    }

    UnitStarts units() {
        int at = ENTRIES_AT + ENTRY_BYTES * entries;
        return new UnitStarts(longs(at, units), longs(at + Long.BYTES * units, typeUnits));
    }

    private long[] longs(int at, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes.getLong(at + Long.BYTES * i);
        }
        return values;
    }

    /// References to the entries of that kind and name, those that define before those that only declare, each in
    /// the order of the file.
    long[] find(EntryKind kind, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int hash = hash(wanted);
        long[] found = new long[4];
        int count = 0;
        for (int i = firstOf(hash); i < entries && hashAt(i) == hash; i++) {
            long entry = entryAt(i);
            if (kind(entry) == kind && isName(nameAt(i), wanted)) {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = entry;
            }
        }
        found = Arrays.copyOf(found, count);
        Arrays.sort(found);
        for (int i = 0; i < count; i++) {
            found[i] = reference(found[i]);
        }
        return found;
    }

    /// Tells all names of a kind; one that several entries have is told once for each.
    void names(EntryKind kind, Consumer<String> visitor) {
        for (int i = 0; i < entries; i++) {
            if (kind(entryAt(i)) == kind) {
                visitor.accept(name(nameAt(i)));
            }
        }
    }

    /// How many entries there are of a kind.
    int count(EntryKind kind) {
        int count = 0;
        for (int i = 0; i < entries; i++) {
            count += kind(entryAt(i)) == kind ? 1 : 0;
        }
        return count;
    }

    private int firstOf(int hash) {
        int low = 0;
        int high = entries;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(hashAt(middle), hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int hashAt(int entry) {
        return bytes.getInt(ENTRIES_AT + ENTRY_BYTES * entry);
    }

    private int nameAt(int entry) {
        return namesAt + bytes.getInt(ENTRIES_AT + ENTRY_BYTES * entry + 4);
    }

    private long entryAt(int entry) {
        return bytes.getLong(ENTRIES_AT + ENTRY_BYTES * entry + 8);
    }

    private boolean isName(int at, byte[] wanted) {
        if (wanted.length >= bytes.limit() - at || bytes.get(at + wanted.length) != 0) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private String name(int at) {
        int end = at;
        while (bytes.get(end) != 0) {
            end++;
        }
        byte[] name = new byte[end - at];
        bytes.get(at, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private static long expectedBytes(ByteBuffer bytes) {
        long expected = ENTRIES_AT;
        expected += ENTRY_BYTES * (bytes.getInt(COUNTS_AT) & 0xffff_ffffL);
        expected += Long.BYTES * (bytes.getInt(COUNTS_AT + 4) & 0xffff_ffffL);
        expected += Long.BYTES * (bytes.getInt(COUNTS_AT + 8) & 0xffff_ffffL);
        return expected + (bytes.getInt(COUNTS_AT + 12) & 0xffff_ffffL);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(FILE_SIZE_AT, bytes.limit() - FILE_SIZE_AT));
        return (int) checksum.getValue();
    }

    private static byte[] buildIdField(String buildId) {
        return Arrays.copyOf(buildId.getBytes(StandardCharsets.ISO_8859_1), BUILD_ID_BYTES);
    }

    private static byte[] buildIdOf(ByteBuffer bytes) {
        byte[] field = new byte[BUILD_ID_BYTES];
        bytes.get(BUILD_ID_AT, field);
        return field;
    }
}

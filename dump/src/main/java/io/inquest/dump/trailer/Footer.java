package io.inquest.dump.trailer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The last 64 bytes of a file with a trailer; they say where the rest is. All numbers are little-endian.
///
/// | Offset | Size | Field              | Meaning                                                            |
/// |-------:|-----:|--------------------|--------------------------------------------------------------------|
/// |      0 |    8 | `magic`            | `INQUESTT`                                                         |
/// |      8 |    4 | `version`          | 1                                                                  |
/// |     12 |    4 | `flags`            | 1: the class map is cut short, see [ClassMapWriter]                |
/// |     16 |    8 | `trailer_offset`   | where in the file the trailer begins, with its first chunk         |
/// |     24 |    8 | `index_offset`     | where in the trailer the index of the class map begins             |
/// |     32 |    8 | `index_entries`    | how many chunks the class map has                                  |
/// |     40 |    8 | `checksums_offset` | where in the trailer the checksum tables begin                     |
/// |     48 |    8 | `checksums_bytes`  | their size; the footer is directly behind them                     |
/// |     56 |    4 | `directory_crc`    | CRC32C of index and checksum tables                                |
/// |     60 |    4 | `footer_crc`       | CRC32C of the 60 bytes before                                      |
record Footer(
        int flags,
        long trailerOffset,
        long indexOffset,
        long indexEntries,
        long checksumsOffset,
        long checksumsBytes,
        int directoryCrc) {

    static final int BYTES = 64;
    static final int VERSION = 1;
    static final int CLASS_MAP_CUT = 1;

    static final byte FIRST_BYTE = 'I';

    private static final byte[] MAGIC = "INQUESTT".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_OFFSET = 60;

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).putInt(flags).putLong(trailerOffset);
        bytes.putLong(indexOffset)
                .putLong(indexEntries)
                .putLong(checksumsOffset)
                .putLong(checksumsBytes);
        bytes.putInt(directoryCrc).putInt(crcOf(bytes)).flip();
        return bytes;
    }

    /// Whether these 64 bytes are meant as a footer: a damaged byte of the magic does not hide it. The note's
    /// name, which ends with a NUL where the magic has its last letter, is none.
    static boolean isAnnounced(ByteBuffer bytes) {
        int same = 0;
        for (int i = 0; i < MAGIC.length; i++) {
            same += bytes.get(i) == MAGIC[i] ? 1 : 0;
        }
        return same >= MAGIC.length - 1 && bytes.get(MAGIC.length - 1) != 0;
    }

    /// The footer in these 64 bytes, or nothing if they are damaged or of another version.
    static Optional<Footer> parse(ByteBuffer bytes) {
        ByteBuffer at = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        if (!isExact(bytes) || at.getInt() != VERSION || at.getInt(CRC_OFFSET) != crcOf(at)) {
            return Optional.empty();
        }
        return Optional.of(new Footer(
                at.getInt(), at.getLong(), at.getLong(), at.getLong(), at.getLong(), at.getLong(), at.getInt()));
    }

    private static boolean isExact(ByteBuffer bytes) {
        return bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    private static int crcOf(ByteBuffer footer) {
        CRC32C crc = new CRC32C();
        crc.update(footer.duplicate().position(0).limit(CRC_OFFSET));
        return (int) crc.getValue();
    }

    /// Where the file ends that it is the end of.
    long trailerEnd() {
        return trailerOffset + checksumsOffset + checksumsBytes + BYTES;
    }

    /// Whether the places it names lie in a trailer that ends a file of `fileBytes` bytes.
    boolean fits(long fileBytes) {
        long trailerBytes = fileBytes - BYTES - trailerOffset;
        return trailerOffset >= 0
                && trailerBytes >= 0
                && indexOffset >= 0
                && indexOffset <= checksumsOffset
                && indexEntries == (checksumsOffset - indexOffset) / ClassMapIndex.ENTRY_BYTES
                && checksumsOffset <= trailerBytes
                && checksumsBytes == trailerBytes - checksumsOffset;
    }
}

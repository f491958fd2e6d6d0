package io.inquest.dump.flattened;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The first 4096 bytes of a flattened stream, big endian on every machine.
///
/// | Offset | Size | Field       | Meaning                            |
/// |-------:|-----:|-------------|------------------------------------|
/// |      0 |   16 | `signature` | `makedumpfile` and four zero bytes |
/// |     16 |    8 | `type`      | 1                                  |
/// |     24 |    8 | `version`   | 1                                  |
/// |     32 |      |             | zeros up to 4096                   |
///
/// Source: makedumpfile `makedumpfile.h` (`struct makedumpfile_header`), `IMPLEMENTATION`.
final class StartHeader {

    static final String SIGNATURE = "makedumpfile\0\0\0\0";
    static final int BYTES = 4096;
    static final int FIELDS_BYTES = 32;

    private static final long TYPE = 1;
    private static final long VERSION = 1;

    private StartHeader() {}

    /// What is wrong with the header of the stream `name`, of which `bytes` holds as much as there is.
    static @Nullable FlattenedException problem(String name, ByteBuffer bytes) {
        if (bytes.limit() < BYTES) {
            return new FlattenedException(
                    FlattenedException.Problem.HEADER,
                    name + ": ends at byte " + bytes.limit() + " inside the start header of a flattened stream ("
                            + BYTES + " bytes)");
        }
        if (!StandardCharsets.ISO_8859_1.decode(bytes.slice(0, 16)).toString().equals(SIGNATURE)) {
            return new FlattenedException(
                    FlattenedException.Problem.SIGNATURE,
                    name + ": does not begin with the signature of a flattened stream (makedumpfile)");
        }
        long type = bytes.getLong(16);
        long version = bytes.getLong(24);
        if (type != TYPE || version != VERSION) {
            return new FlattenedException(
                    FlattenedException.Problem.TYPE,
                    name + ": is a flattened stream of type " + type + " and version " + version
                            + ", expected type 1 and version 1");
        }
        return null;
    }
}

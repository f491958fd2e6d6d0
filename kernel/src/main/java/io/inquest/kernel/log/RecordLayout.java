package io.inquest.kernel.log;

import io.inquest.dump.DumpException;
import io.inquest.kernel.VmcoreInfo;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// `struct log` (3.5 – 3.10), `struct printk_log` (3.11 – 5.9; kernel: `kernel/printk/printk.c`).
///
/// | Offset | Size | Member         | Meaning                                                |
/// |-------:|-----:|----------------|--------------------------------------------------------|
/// |      0 |    8 | `ts_nsec`      | nanoseconds since boot                                 |
/// |      8 |    2 | `len`          | bytes of the whole record; 0: go to the buffer's start |
/// |     10 |    2 | `text_len`     | bytes of text                                          |
/// |     12 |    2 | `dict_len`     | bytes of the dictionary behind the text                |
/// |     14 |    1 | `facility`     | syslog facility                                        |
/// |     15 |    1 | `flags`, `level` | bit fields of 5 and 3 bits, in this order            |
/// |     16 |    4 | `caller_id`    | since 5.1, only with `CONFIG_PRINTK_CALLER`            |
///
/// vmcoreinfo gives size and offsets; of `facility` and the bit fields it does not, they follow `dict_len`.
final class RecordLayout {

    private static final int LEAST_HEADER_BYTES = 16;

    private final int headerBytes;
    private final int time;
    private final int length;
    private final int textLength;
    private final int dictionaryLength;
    private final int facility;
    private final int caller;

    private RecordLayout(VmcoreInfo info, String struct) throws DumpException {
        headerBytes = LogKeys.size(info, struct);
        time = member(info, struct, "ts_nsec", Long.BYTES);
        length = member(info, struct, "len", Short.BYTES);
        textLength = member(info, struct, "text_len", Short.BYTES);
        boolean knowsDictionary = info.offset(struct + ".dict_len").isPresent();
        int dictionary = knowsDictionary ? member(info, struct, "dict_len", 2 * Short.BYTES) : textLength + Short.BYTES;
        dictionaryLength = knowsDictionary ? dictionary : -1;
        facility = dictionary + Short.BYTES;
        boolean hasCaller = info.offset(struct + ".caller_id").isPresent();
        caller = hasCaller ? member(info, struct, "caller_id", Integer.BYTES) : -1;
    }

    static RecordLayout of(VmcoreInfo info) throws DumpException {
        return new RecordLayout(info, info.size("printk_log").isPresent() ? "printk_log" : "log");
    }

    /// The offset of a member of which, and of what is read behind it, `bytes` must lie in the header.
    private int member(VmcoreInfo info, String struct, String member, int bytes) throws DumpException {
        String name = struct + "." + member;
        int offset = LogKeys.offset(info, name);
        if (headerBytes < LEAST_HEADER_BYTES || offset + bytes > headerBytes) {
            throw new DumpException("vmcoreinfo: OFFSET(" + name + ") " + offset + " does not fit into SIZE(" + struct
                    + ") " + headerBytes);
        }
        return offset;
    }

    int headerBytes() {
        return headerBytes;
    }

    int recordBytes(ByteBuffer header) {
        return header.getShort(length) & 0xffff;
    }

    /// The text's bytes as far as they lie in the record.
    int textBytes(ByteBuffer header) {
        return Math.min(header.getShort(textLength) & 0xffff, recordBytes(header) - headerBytes);
    }

    /// Those of the dictionary behind the text, as far as they lie in the record.
    int dictionaryBytes(ByteBuffer header) {
        int told = dictionaryLength < 0 ? 0 : header.getShort(dictionaryLength) & 0xffff;
        return Math.min(told, recordBytes(header) - headerBytes - textBytes(header));
    }

    long nanoseconds(ByteBuffer header) {
        return header.getLong(time);
    }

    int facility(ByteBuffer header) {
        return header.get(facility) & 0xff;
    }

    int level(ByteBuffer header) {
        return FlagsAndLevel.level(header.get(facility + 1), header.order());
    }

    int flags(ByteBuffer header) {
        return FlagsAndLevel.flags(header.get(facility + 1), header.order());
    }

    boolean hasCaller() {
        return caller >= 0;
    }

    OptionalInt caller(ByteBuffer header) {
        return caller < 0 ? OptionalInt.empty() : OptionalInt.of(header.getInt(caller));
    }
}

package io.inquest.capture.storage.raw;

import io.inquest.capture.storage.raw.RawEntry.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What is on a raw device. The index lies at the device's end, twice, so that one that is cut while it is written
/// leaves
/// the one before; numbers are big-endian, as in the flattened dumps that they lead to.
///
/// | Offset | Size | Field        | Meaning                                                 |
/// |-------:|-----:|--------------|---------------------------------------------------------|
/// |      0 |    8 | `signature`  | `INQRAW01`                                              |
/// |      8 |    8 | `generation` | the copy with the larger one is the newer               |
/// |     16 |    4 | `count`      | of entries                                              |
/// |     20 |    4 | `crc32c`     | of the whole copy with this field zero                  |
/// |     32 |  192 | entries      | as many as there are                                    |
///
/// | Offset | Size | Field    | Meaning                                                         |
/// |-------:|-----:|----------|-----------------------------------------------------------------|
/// |      0 |    8 | `offset` | the file's place on the device                                  |
/// |      8 |    8 | `bytes`  | its size                                                        |
/// |     16 |   32 | `sha256` | of its bytes                                                    |
/// |     48 |    1 | `state`  | 0 unfinished, 1 whole                                           |
/// |     49 |    1 | `folder` | length of the folder's name                                     |
/// |     50 |    1 | `name`   | length of the file's name                                       |
/// |     64 |  128 | `text`   | both names, UTF-8                                               |
///
/// @param generation grows each time that it is written
public record RawIndex(long generation, List<RawEntry> entries) {

    /// The size of one copy.
    static final int BYTES = 32 << 10;

    private static final byte[] SIGNATURE = "INQRAW01".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_AT = 20;
    private static final int HEADER_BYTES = 32;
    private static final int ENTRY_BYTES = 192;
    private static final int TEXT_AT = 64;
    private static final int TEXT_BYTES = ENTRY_BYTES - TEXT_AT;

    /// More than fit are never written.
    static final int MOST_ENTRIES = (BYTES - HEADER_BYTES) / ENTRY_BYTES;

    static final RawIndex EMPTY = new RawIndex(0, List.of());

    public RawIndex {
        entries = List.copyOf(entries);
    }

    /// The folders of crashes, in the order in which they came.
    public List<String> folders() {
        List<String> folders = new ArrayList<>();
        for (RawEntry entry : entries) {
            if (!folders.contains(entry.folder())) {
                folders.add(entry.folder());
            }
        }
        return folders;
    }

    /// The files of one crash.
    public List<RawEntry> of(String folder) {
        return entries.stream().filter(entry -> entry.folder().equals(folder)).toList();
    }

    /// The next index, with a file instead of the one that had its name, if one had.
    RawIndex with(RawEntry entry) {
        List<RawEntry> all =
                new ArrayList<>(without(entry.folder(), entry.name()).entries());
        all.add(entry);
        return new RawIndex(generation + 1, all);
    }

    /// The next index, without a file.
    RawIndex without(String folder, String name) {
        return new RawIndex(
                generation + 1,
                entries.stream().filter(entry -> !entry.isNamed(folder, name)).toList());
    }

    /// The next index, without a crash.
    public RawIndex without(String folder) {
        return new RawIndex(
                generation + 1,
                entries.stream().filter(entry -> !entry.folder().equals(folder)).toList());
    }

    /// One copy of it.
    byte[] encode() {
        if (entries.size() > MOST_ENTRIES) {
            throw new IllegalStateException(entries.size() + " entries");
        }
        ByteBuffer copy = ByteBuffer.allocate(BYTES);
        copy.put(SIGNATURE).putLong(generation).putInt(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            encode(entries.get(i), copy.slice(HEADER_BYTES + i * ENTRY_BYTES, ENTRY_BYTES));
        }
        copy.putInt(CHECKSUM_AT, checksum(copy.array()));
        return copy.array();
    }

    private static void encode(RawEntry entry, ByteBuffer to) {
        byte[] folder = entry.folder().getBytes(StandardCharsets.UTF_8);
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        if (folder.length + name.length > TEXT_BYTES) {
            throw new IllegalStateException(entry.folder() + "/" + entry.name() + ": too long for the index");
        }
        to.putLong(entry.offset()).putLong(entry.bytes());
        to.put(HexFormat.of().parseHex(entry.sha256()));
        to.put((byte) entry.state().code()).put((byte) folder.length).put((byte) name.length);
        to.put(TEXT_AT, folder).put(TEXT_AT + folder.length, name);
    }

    private static int checksum(byte[] copy) {
        CRC32C sum = new CRC32C();
        sum.update(copy, 0, CHECKSUM_AT);
        sum.update(new byte[Integer.BYTES]);
        sum.update(copy, CHECKSUM_AT + Integer.BYTES, copy.length - CHECKSUM_AT - Integer.BYTES);
        return (int) sum.getValue();
    }

    /// Reads a copy; nothing if there is none, or one that was not written to its end.
    ///
    /// @param room entries lead below it
    static Optional<RawIndex> decode(byte[] copy, long room) {
        ByteBuffer from = ByteBuffer.wrap(copy);
        byte[] signature = new byte[SIGNATURE.length];
        from.get(signature);
        long generation = from.getLong();
        int count = from.getInt();
        boolean sound = Arrays.equals(signature, SIGNATURE)
                && count >= 0
                && count <= MOST_ENTRIES
                && from.getInt() == checksum(copy);
        if (!sound) {
            return Optional.empty();
        }
        List<RawEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawEntry entry = decode(from.slice(HEADER_BYTES + i * ENTRY_BYTES, ENTRY_BYTES));
            boolean isThere = entry.offset() >= 0 && entry.bytes() >= 0 && entry.bytes() <= room - entry.offset();
            if (isThere) {
                entries.add(entry);
            }
        }
        return Optional.of(new RawIndex(generation, entries));
    }

    private static RawEntry decode(ByteBuffer from) {
        long offset = from.getLong();
        long bytes = from.getLong();
        byte[] sha256 = new byte[32];
        from.get(sha256);
        State state = from.get() == State.WHOLE.code() ? State.WHOLE : State.UNFINISHED;
        int folderBytes = Math.min(Byte.toUnsignedInt(from.get()), TEXT_BYTES);
        int nameBytes = Math.min(Byte.toUnsignedInt(from.get()), TEXT_BYTES - folderBytes);
        byte[] text = new byte[TEXT_BYTES];
        from.get(TEXT_AT, text);
        return new RawEntry(
                new String(text, 0, folderBytes, StandardCharsets.UTF_8),
                new String(text, folderBytes, nameBytes, StandardCharsets.UTF_8),
                offset,
                bytes,
                state,
                HexFormat.of().formatHex(sha256));
    }
}

package io.inquest.dump.flattened;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.SalvageLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Opens a flattened file whose stream is damaged: record headers that cannot be right are passed over, or put right
/// where their neighbours tell what they were.
///
/// Writers append to two or three places in turn (descriptors, pages). So a record begins where one of the last few
/// ended, and one of the next few begins where it ends; a header that breaks this, and that only one value mends, gets
/// it.
public final class StreamRepair {

    private static final int NEIGHBOURS = 4;
    private static final int SIGNATURE_BYTES = 16;

    /// Main and sub header in blocks of 64 KiB.
    private static final long MOST_KDUMP_HEADER_BYTES = 2 << 16;

    /// As many program headers as `e_phnum` can count.
    private static final long MOST_ELF_HEADER_BYTES = 4 << 20;

    private final ByteSource file;
    private final PatchedSource patched;
    private final SalvageLog log;
    private final Resynchronisation resynchronisation;
    private final List<Item> recent = new ArrayList<>();
    private int judged;

    /// A record; `offset` is -1 if its header does not tell.
    private static final class Item {

        final long at;
        long offset;
        final long size;

        Item(long at, long offset, long size) {
            this.at = at;
            this.offset = offset;
            this.size = size;
        }

        long end() {
            return offset + size;
        }
    }

    private StreamRepair(ByteSource file, SalvageLog log) {
        this.file = file;
        this.patched = new PatchedSource(file);
        this.log = log;
        this.resynchronisation = new Resynchronisation(patched);
    }

    /// Whether `start`, the first bytes of a file, can have been the begin of a flattened stream.
    public static boolean looksLike(ByteBuffer start) {
        byte[] signature = StartHeader.SIGNATURE.getBytes(StandardCharsets.ISO_8859_1);
        int same = 0;
        for (int i = 0; i < Math.min(SIGNATURE_BYTES, start.limit()); i++) {
            same += start.get(i) == signature[i] ? 1 : 0;
        }
        return same >= SIGNATURE_BYTES - 2;
    }

    /// The dump in the stream. It closes the file.
    public static FlattenedSource open(ByteSource file, SalvageLog log) throws IOException {
        StreamRepair repair = new StreamRepair(file, log);
        repair.repairStart();
        repair.repairRecords();
        FlattenedSource source = FlattenedSource.open(repair.patched, true);
        source.damage().ifPresent(damage -> log.lost(damage.reason()));
        FlattenedSource trusted = source.withoutConflicts(mostHeaderBytes(source));
        trusted.contradiction().ifPresent(log::lost);
        return trusted;
    }

    /// Writers send headers again when they know more. Where those end is not asked of a damaged dump: it is before
    /// this.
    private static long mostHeaderBytes(FlattenedSource source) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(1);
        FlattenedSource.fill(source, 0, first);
        // The magic number of ELF begins with 0x7f, or with a wrong bit of that; program headers may be many.
        boolean isKdump = first.position() > 0 && first.get(0) == 'K';
        return isKdump ? MOST_KDUMP_HEADER_BYTES : MOST_ELF_HEADER_BYTES;
    }

    private void repairStart() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(StartHeader.BYTES);
        FlattenedSource.fill(file, 0, start);
        if (start.flip().limit() == StartHeader.BYTES && StartHeader.problem(file.name(), start) != null) {
            ByteBuffer right = ByteBuffer.allocate(32);
            right.put(StartHeader.SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
            right.putLong(1).putLong(1);
            patched.patch(0, right.array());
            log.repaired("the signature of the flattened stream was damaged");
        }
    }

    private void repairRecords() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FlattenedStream.RECORD_HEADER_BYTES);
        long at = StartHeader.BYTES;
        long previous = at;
        while (true) {
            FlattenedSource.fill(file, at, header.clear());
            long offset = header.hasRemaining() ? -1 : header.getLong(0);
            long size = header.hasRemaining() ? -1 : header.getLong(8);
            if (header.hasRemaining() || (offset == -1 && size == -1)) {
                break;
            }
            boolean sound = Resynchronisation.canBe(offset, size);
            long behind = at + header.capacity() + size;
            if (sound && behind < file.size() && !resynchronisation.leadsOn(behind, 2)) {
                // This one's size may be wrong, or the next one's header: the nearer place decides.
                long next = resynchronisation.next(at + header.capacity());
                if (next > 0 && next < behind) {
                    sound = false;
                } else if (next > behind && isContinued(offset, next - at - header.capacity(), next)) {
                    sound = false;
                }
            }
            if (sound) {
                add(new Item(at, offset, size));
                at = behind;
                continue;
            }
            long next = resynchronisation.next(Math.max(previous, at + header.capacity()));
            if (next < 0) {
                break;
            }
            long length = next - at - header.capacity();
            if (offset >= 0 && isContinued(offset, length, next)) {
                put(at, offset, length);
                add(new Item(at, offset, length));
            } else {
                add(new Item(at, -1, length));
            }
            at = next;
            previous = next;
        }
        while (!recent.isEmpty()) {
            judgeFirstWaiting();
        }
    }

    /// Whether one of the records from `at` on begins where a record at `offset` of `size` bytes ends.
    private boolean isContinued(long offset, long size, long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FlattenedStream.RECORD_HEADER_BYTES);
        long place = at;
        for (int i = 0; i < NEIGHBOURS; i++) {
            FlattenedSource.fill(file, place, header.clear());
            if (header.hasRemaining() || !Resynchronisation.canBe(header.getLong(0), header.getLong(8))) {
                return false;
            }
            if (header.getLong(0) == offset + size) {
                return true;
            }
            place += header.capacity() + header.getLong(8);
        }
        return false;
    }

    /// Keeps the last `NEIGHBOURS` judged records, and as many that wait for those behind them.
    private void add(Item item) throws IOException {
        recent.add(item);
        if (recent.size() - judged > NEIGHBOURS) {
            judge();
        }
    }

    private void judgeFirstWaiting() throws IOException {
        if (judged < recent.size()) {
            judge();
        } else {
            recent.clear();
            judged = 0;
        }
    }

    private void judge() throws IOException {
        Item item = recent.get(judged);
        boolean follows = judged == 0;
        for (int i = 0; i < judged; i++) {
            follows |= recent.get(i).offset >= 0 && recent.get(i).end() == item.offset;
        }
        if (item.offset < 0 || !follows) {
            mend(item);
        }
        judged++;
        if (judged > NEIGHBOURS) {
            recent.removeFirst();
            judged--;
        }
    }

    private void mend(Item item) throws IOException {
        long only = -1;
        for (int i = 0; i < judged; i++) {
            long candidate = recent.get(i).offset < 0 ? -1 : recent.get(i).end();
            boolean leads = false;
            for (int later = judged + 1; later < recent.size(); later++) {
                leads |= candidate >= 0 && recent.get(later).offset == candidate + item.size;
            }
            if (leads) {
                only = candidate;
            }
        }
        if (only >= 0 && only != item.offset) {
            put(item.at, only, item.size);
            item.offset = only;
        } else if (item.offset < 0) {
            log.lost("the header of the record at byte " + item.at + " of the flattened stream is damaged: where its "
                    + item.size + " bytes belong is lost");
        }
    }

    private void put(long at, long offset, long size) {
        ByteBuffer right = ByteBuffer.allocate(FlattenedStream.RECORD_HEADER_BYTES);
        right.putLong(offset).putLong(size);
        patched.patch(at, right.array());
        log.repaired("the header of the record at byte " + at + " of the flattened stream was damaged");
    }
}

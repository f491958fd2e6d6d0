package io.inquest.kernel.symbol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// Divides a damaged `kallsyms_names` as far as it goes: each marker is a place to begin anew, so that a wrong byte
/// costs the names of one block of 256 and no more.
final class DamagedRecords {

    /// A block is 256 records of at least a length and a token, and of no more bytes than this.
    private static final int LEAST_BLOCK_BYTES = 2 * NameRecords.RECORDS_PER_MARKER;

    private static final int MOST_BLOCK_BYTES = 1 << 18;

    /// So many records that can be told apart one behind the other are no chance.
    private static final int FEWEST_BLOCKS = 8;

    /// One marker of that many may be damaged.
    private static final int MOST_DAMAGED = 4;

    private static final int[] NONE = {};

    private final byte[] records;
    private final ByteBuffer bytes;
    private final int count;
    private final int blocks;

    private DamagedRecords(byte[] records, ByteOrder order, int count) {
        this.records = records;
        this.bytes = ByteBuffer.wrap(records).order(order);
        this.count = count;
        this.blocks = NameRecords.markers(count);
    }

    /// The records of the blocks that are whole; empty where markers cannot be told, or most blocks are broken.
    static Optional<NameRecords> divide(byte[] records, ByteOrder order, int count) {
        return new DamagedRecords(records, order, count).divide();
    }

    private Optional<NameRecords> divide() {
        for (int width = Integer.BYTES; width <= Long.BYTES; width += Integer.BYTES) {
            for (int at = count * 2 & -width; at <= records.length - blocks * width; at += Integer.BYTES) {
                int[] markers = markers(at, width);
                Optional<NameRecords> divided = markers.length == 0 ? Optional.empty() : divide(markers, at, width);
                if (divided.isPresent()) {
                    return divided;
                }
            }
        }
        return withoutMarkers();
    }

    /// The markers at `at`, -1 for those that are damaged; empty when most are, or these are none.
    private int[] markers(int at, int width) {
        if (marker(at, width, 0) != 0 || (blocks > 1 && !isNext(marker(at, width, 1), 0, 1))) {
            return NONE;
        }
        int[] markers = new int[blocks];
        int lastBlock = 0;
        int damaged = 0;
        for (int block = 1; block < blocks; block++) {
            long next = marker(at, width, block);
            if (next < at && isNext(next, markers[lastBlock], block - lastBlock)) {
                markers[block] = (int) next;
                lastBlock = block;
            } else {
                markers[block] = -1;
                damaged++;
            }
            if (damaged * MOST_DAMAGED > blocks) {
                return NONE;
            }
        }
        return at - markers[lastBlock] <= MOST_BLOCK_BYTES * (blocks - lastBlock) ? markers : NONE;
    }

    private static boolean isNext(long marker, int last, int blocksBetween) {
        return marker - last >= (long) LEAST_BLOCK_BYTES * blocksBetween
                && marker - last <= (long) MOST_BLOCK_BYTES * blocksBetween;
    }

    private long marker(int at, int width, int block) {
        int place = at + block * width;
        return width == Long.BYTES ? bytes.getLong(place) : bytes.getInt(place) & 0xffff_ffffL;
    }

    private Optional<NameRecords> divide(int[] markers, int at, int width) {
        for (LengthForm form : LengthForm.values()) {
            int[] starts = new int[count + 1];
            BitSet lost = new BitSet(count);
            for (int block = 0; block < blocks; block++) {
                int to = block + 1 < blocks ? markers[block + 1] : -1;
                divideBlock(form, block, markers[block], to, at, starts, lost);
            }
            if (lost.cardinality() * 2 < count) {
                return Optional.of(new NameRecords(form, starts, at + blocks * width, lost));
            }
        }
        return Optional.empty();
    }

    /// Where the markers are lost, but no name is.
    private Optional<NameRecords> withoutMarkers() {
        for (LengthForm form : LengthForm.values()) {
            if (blocks >= FEWEST_BLOCKS && form.fitting(records, 0, count) == count) {
                int[] starts = form.starts(records, 0, count);
                return Optional.of(new NameRecords(form, starts, starts[count], new BitSet()));
            }
        }
        return Optional.empty();
    }

    /// `to` is where the block must end, -1 for the last one, which ends just before the markers, and where that is
    /// not known; `from` is -1 where its start is not.
    private void divideBlock(LengthForm form, int block, int from, int to, int markers, int[] starts, BitSet lost) {
        int first = block * NameRecords.RECORDS_PER_MARKER;
        int size = Math.min(NameRecords.RECORDS_PER_MARKER, count - first);
        int[] within = from < 0 ? new int[0] : form.starts(records, from, size);
        int end = within.length == 0 ? -1 : within[size];
        boolean whole = to >= 0 ? end == to : end <= markers && end > markers - Long.BYTES;
        if (whole) {
            System.arraycopy(within, 0, starts, first, size + 1);
        } else {
            Arrays.fill(starts, first, first + size + 1, Math.max(Math.max(from, to), 0));
            lost.set(first, first + size);
        }
    }
}

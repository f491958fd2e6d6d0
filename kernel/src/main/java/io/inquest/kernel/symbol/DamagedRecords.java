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
                if (areMarkers(at, width)) {
                    Optional<NameRecords> divided = divide(at, width);
                    if (divided.isPresent()) {
                        return divided;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean areMarkers(int at, int width) {
        if (marker(at, width, 0) != 0) {
            return false;
        }
        long last = 0;
        for (int block = 1; block < blocks; block++) {
            long next = marker(at, width, block);
            if (next - last < LEAST_BLOCK_BYTES || next - last > MOST_BLOCK_BYTES) {
                return false;
            }
            last = next;
        }
        return last < at && at - last <= MOST_BLOCK_BYTES;
    }

    private long marker(int at, int width, int block) {
        int place = at + block * width;
        return width == Long.BYTES ? bytes.getLong(place) : bytes.getInt(place) & 0xffff_ffffL;
    }

    private Optional<NameRecords> divide(int markers, int width) {
        for (LengthForm form : LengthForm.values()) {
            int[] starts = new int[count + 1];
            BitSet lost = new BitSet(count);
            for (int block = 0; block < blocks; block++) {
                int from = (int) marker(markers, width, block);
                int to = block + 1 < blocks ? (int) marker(markers, width, block + 1) : -1;
                divideBlock(form, block, from, to, markers, starts, lost);
            }
            if (lost.cardinality() * 2 < count) {
                return Optional.of(new NameRecords(form, starts, markers + blocks * width, lost));
            }
        }
        return Optional.empty();
    }

    /// `to` is where the block must end, -1 for the last one, which ends just before the markers.
    private void divideBlock(LengthForm form, int block, int from, int to, int markers, int[] starts, BitSet lost) {
        int first = block * NameRecords.RECORDS_PER_MARKER;
        int size = Math.min(NameRecords.RECORDS_PER_MARKER, count - first);
        int[] within = form.starts(records, from, size);
        int end = within.length == 0 ? -1 : within[size];
        boolean whole = to >= 0 ? end == to : end <= markers && end > markers - Long.BYTES;
        if (whole) {
            System.arraycopy(within, 0, starts, first, size + 1);
        } else {
            Arrays.fill(starts, first, first + size, from);
            starts[first + size] = to >= 0 ? to : markers;
            lost.set(first, first + size);
        }
    }
}

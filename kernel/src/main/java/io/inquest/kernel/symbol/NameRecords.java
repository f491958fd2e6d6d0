package io.inquest.kernel.symbol;

import io.inquest.dump.DumpException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/// The records of `kallsyms_names`, told apart, and the `kallsyms_markers` behind them, which prove that they are.
///
/// A marker is the offset of every 256th record, the first of them 0: `u32` since 4.20 (80ffbaa5b1bd),
/// `unsigned long` before.
final class NameRecords {

    static final int RECORDS_PER_MARKER = 256;
    private static final int MAX_PADDING = 8;

    private final LengthForm form;
    private final int[] starts;
    private final int markersEnd;
    private final BitSet lost;

    /// `lost` has the records that cannot be told apart, whose starts mean nothing.
    NameRecords(LengthForm form, int[] starts, int markersEnd, BitSet lost) {
        this.form = form;
        this.starts = starts;
        this.markersEnd = markersEnd;
        this.lost = lost;
    }

    /// Splits `records`, which begin with the first of `count` records and go on with the markers.
    ///
    /// Which form the lengths have is decided by the markers: an older kernel could have names of 128 and more
    /// tokens, too. Where a byte is wrong, only the names of its block are lost. Throws a [DumpException] when no
    /// form fits most of them.
    static NameRecords split(byte[] records, ByteOrder order, int count) throws DumpException {
        ByteBuffer bytes = ByteBuffer.wrap(records).order(order);
        for (LengthForm form : LengthForm.values()) {
            int[] starts = form.starts(records, 0, count);
            int markersEnd = starts.length == 0 ? -1 : markersEnd(bytes, starts);
            if (markersEnd >= 0) {
                return new NameRecords(form, starts, markersEnd, new BitSet());
            }
        }
        return DamagedRecords.divide(records, order, count)
                .orElseThrow(() -> new DumpException("kallsyms_names does not divide into " + count + " names at the"
                        + " offsets of kallsyms_markers; that part of the dump may be damaged"));
    }

    LengthForm form() {
        return form;
    }

    /// Offset of each record, and where the last one ends; not to be changed.
    int[] starts() {
        return starts;
    }

    /// The records whose names are lost to damage; not to be changed.
    BitSet lost() {
        return lost;
    }

    /// The same, with more symbols lost.
    NameRecords without(BitSet others) {
        BitSet all = (BitSet) lost.clone();
        all.or(others);
        return new NameRecords(form, starts, markersEnd, all);
    }

    /// Offset of the first byte behind the markers.
    int markersEnd() {
        return markersEnd;
    }

    /// Whether there are `count` records from `from` on, and markers behind them that say the same.
    static boolean fits(byte[] records, int from, ByteOrder order, LengthForm form, int count) {
        int[] starts = form.starts(records, from, count);
        return starts.length > 0 && markersEnd(ByteBuffer.wrap(records).order(order), starts) >= 0;
    }

    private static int markersEnd(ByteBuffer bytes, int[] starts) {
        int namesEnd = starts[starts.length - 1];
        int aligned = (namesEnd + Integer.BYTES - 1) & -Integer.BYTES;
        for (int at = aligned; at < namesEnd + MAX_PADDING; at += Integer.BYTES) {
            for (int width = Integer.BYTES; width <= Long.BYTES; width += Integer.BYTES) {
                int end = at + width * markers(starts.length - 1);
                if (end <= bytes.limit() && markersFit(bytes, at, width, starts)) {
                    return end;
                }
            }
        }
        return -1;
    }

    static int markers(int records) {
        return (records + RECORDS_PER_MARKER - 1) / RECORDS_PER_MARKER;
    }

    private static boolean markersFit(ByteBuffer bytes, int from, int width, int[] starts) {
        int markers = markers(starts.length - 1);
        for (int i = 0; i < markers; i++) {
            int at = from + i * width;
            long marker = width == Long.BYTES ? bytes.getLong(at) : bytes.getInt(at) & 0xffff_ffffL;
            if (marker != starts[i * RECORDS_PER_MARKER] - starts[0]) {
                return false;
            }
        }
        return true;
    }
}

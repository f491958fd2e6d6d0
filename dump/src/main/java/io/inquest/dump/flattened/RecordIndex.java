package io.inquest.dump.flattened;

import io.inquest.dump.DumpException;
import io.inquest.dump.format.ExtentMap;
import java.util.Arrays;

/// Which group of records holds a byte of the dump.
///
/// A group is 64 records that follow each other in the stream. Writers send descriptors and page data by turns, each
/// in rising order, so that a group covers two or three ranges of the dump; only those are kept, and the records
/// of a group are read again when they are needed. A dump of 1 TB has about 16 million records and needs about 30 MB.
final class RecordIndex {

    static final int GROUP_RECORDS = 64;

    /// Two blocks of 4 KiB: main and sub header of a kdump-compressed file, which its writers send again.
    private static final long HEADER_BYTES = 2 << 12;

    /// Bounds the memory that a stream of scattered records can take to about 150 MB.
    private static final int MOST_RANGES = 1 << 21;

    private long[] groupPositions = new long[16];
    private byte[] groupRecords = new byte[16];
    private int groups;
    private int recordsInGroup;

    private long[] starts = new long[64];
    private long[] ends = new long[64];
    private int[] owners = new int[64];
    private int ranges;
    private int groupRanges;

    private long end;
    private long bytes;
    private long bytesBehindHeaders;

    /// Adds the next record of the stream, whose header is at `position`.
    void add(long position, long offset, long size) throws DumpException {
        if (recordsInGroup == 0) {
            if (groups == groupPositions.length) {
                groupPositions = Arrays.copyOf(groupPositions, groups * 2);
                groupRecords = Arrays.copyOf(groupRecords, groups * 2);
            }
            groupPositions[groups++] = position;
            groupRanges = ranges;
        }
        recordsInGroup = (recordsInGroup + 1) % GROUP_RECORDS;
        groupRecords[groups - 1]++;
        if (size > 0) {
            addRange(offset, offset + size);
            end = Math.max(end, offset + size);
            bytes += size;
            bytesBehindHeaders += Math.max(0, offset + size - Math.max(offset, HEADER_BYTES));
        }
    }

    /// What is added next is not directly behind what was added last.
    void breakGroup() {
        recordsInGroup = 0;
    }

    private void addRange(long start, long rangeEnd) throws DumpException {
        for (int i = ranges - 1; i >= groupRanges; i--) {
            if (start <= ends[i] && rangeEnd >= starts[i]) {
                starts[i] = Math.min(starts[i], start);
                ends[i] = Math.max(ends[i], rangeEnd);
                return;
            }
        }
        if (ranges == MOST_RANGES) {
            throw new DumpException("the records of the flattened stream are too scattered to be read in place;"
                    + " rearrange it first (makedumpfile -R)");
        }
        if (ranges == starts.length) {
            starts = Arrays.copyOf(starts, ranges * 2);
            ends = Arrays.copyOf(ends, ranges * 2);
            owners = Arrays.copyOf(owners, ranges * 2);
        }
        starts[ranges] = start;
        ends[ranges] = rangeEnd;
        owners[ranges++] = groups - 1;
    }

    /// One past the last byte that a record covers.
    long end() {
        return end;
    }

    /// Whether records overlap each other from `from` on in the dump, as far as the number of their bytes tells.
    boolean mayOverlap(ExtentMap covered, long from) {
        long first = from < HEADER_BYTES ? 0 : HEADER_BYTES;
        long sum = 0;
        for (int i = 0; i < covered.size(); i++) {
            sum += Math.max(0, covered.end(i) - Math.max(covered.start(i), first));
        }
        return sum != (first == 0 ? bytes : bytesBehindHeaders);
    }

    int groups() {
        return groups;
    }

    /// Where in the stream the group's first record is.
    long groupPosition(int group) {
        return groupPositions[group];
    }

    /// How many records the group has: less than [#GROUP_RECORDS] if what follows them is damaged.
    int groupRecords(int group) {
        return groupRecords[group];
    }

    /// Which range, see [#group], holds which bytes: where groups overlap, the last one wins.
    ExtentMap extents() {
        long[] ranks = new long[ranges];
        for (int i = 0; i < ranges; i++) {
            ranks[i] = -(long) owners[i];
        }
        return ExtentMap.of(starts, ends, ranks, ranges);
    }

    int group(int range) {
        return owners[range];
    }
}

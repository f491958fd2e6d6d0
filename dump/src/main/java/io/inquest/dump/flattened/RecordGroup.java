package io.inquest.dump.flattened;

/// Up to 64 records that follow each other in a flattened stream, in its order; see [RecordIndex].
final class RecordGroup {

    final int index;
    final long[] starts = new long[RecordIndex.GROUP_RECORDS];
    final long[] ends = new long[RecordIndex.GROUP_RECORDS];
    final long[] positions = new long[RecordIndex.GROUP_RECORDS];
    int records;

    RecordGroup(int index) {
        this.index = index;
    }

    void add(long start, long end, long position) {
        starts[records] = start;
        ends[records] = end;
        positions[records++] = position;
    }

    /// The last record that holds `offset`; -1 if none does.
    int find(long offset) {
        int record = records - 1;
        while (record >= 0 && (offset < starts[record] || offset >= ends[record])) {
            record--;
        }
        return record;
    }

    /// Up to where the bytes of `record` behind `offset` count, because a later record covers what follows.
    long limit(int record, long offset) {
        long limit = ends[record];
        for (int later = record + 1; later < records; later++) {
            if (starts[later] > offset && starts[later] < limit && ends[later] > starts[later]) {
                limit = starts[later];
            }
        }
        return limit;
    }
}

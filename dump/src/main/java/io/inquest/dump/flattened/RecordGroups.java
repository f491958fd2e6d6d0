package io.inquest.dump.flattened;

import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The groups of records of a flattened stream, whose headers are read again when they are needed. Safe for many
/// threads.
final class RecordGroups {

    private static final int CACHED_GROUPS = 256;

    private final ByteSource file;
    private final RecordIndex index;
    private final AtomicReferenceArray<RecordGroup> cache = new AtomicReferenceArray<>(CACHED_GROUPS);

    RecordGroups(ByteSource file, RecordIndex index) {
        this.file = file;
        this.index = index;
    }

    /// The group with this number.
    RecordGroup group(int wanted) throws IOException {
        int slot = wanted % CACHED_GROUPS;
        RecordGroup group = cache.get(slot);
        if (group == null || group.index != wanted) {
            group = load(wanted);
            cache.set(slot, group);
        }
        return group;
    }

    /// The same, read for this one question.
    RecordGroup load(int wanted) throws IOException {
        RecordGroup group = new RecordGroup(wanted);
        ByteBuffer header = ByteBuffer.allocate(FlattenedStream.RECORD_HEADER_BYTES);
        long at = index.groupPosition(wanted);
        while (group.records < index.groupRecords(wanted)) {
            FlattenedSource.fill(file, at, header.clear());
            long offset = header.getLong(0);
            long size = header.getLong(8);
            at += header.capacity();
            if (header.hasRemaining() || offset < 0 || size < 0 || offset > Long.MAX_VALUE - size) {
                break;
            }
            group.add(offset, offset + Math.min(size, file.size() - at), at);
            if (size > file.size() - at) {
                break;
            }
            at += size;
        }
        return group;
    }
}

package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.ByteSink;
import io.inquest.dump.kdump.KdumpWriter;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// Whether pages have room at the target as they are. If not, a dump that would fit packed must not fail
/// for haste.
final class TargetRoom {

    /// The headers of a stream's records take less than this part of it.
    private static final int RECORD_PART = 1024;

    /// What a file system takes to know where a file's bytes are, and the end mark of a stream.
    private static final long SLACK_BYTES = 1 << 20;

    private TargetRoom() {}

    /// Whether the size limit and the disk leave so many bytes; pipes have no known size.
    ///
    /// @param writers of the files that are not written yet, which may have to share a disk; the first one's
    /// is `sink`
    static boolean isForPagesAsTheyAre(ByteSink sink, List<KdumpWriter> writers) {
        long bytes = 0;
        for (KdumpWriter writer : writers) {
            bytes += writer.mostBytesLeft();
        }
        bytes += bytes / RECORD_PART + SLACK_BYTES;
        try {
            OptionalLong room = sink.room(writers.getFirst().bitmapsEnd());
            return room.isEmpty() || bytes <= room.getAsLong();
        } catch (IOException notTold) {
            return false;
        }
    }
}

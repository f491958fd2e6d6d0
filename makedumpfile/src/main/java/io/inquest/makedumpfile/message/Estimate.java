package io.inquest.makedumpfile.message;

import io.inquest.dump.codec.Compression;
import io.inquest.output.ByteSize;
import io.inquest.output.Counts;
import io.inquest.output.Elapsed;
import io.inquest.output.JsonWriter;
import io.inquest.output.Table;
import io.inquest.output.Table.Column;
import java.io.IOException;
import java.util.List;

/// How large dumps of an input would become, and how long making them would take (`--estimate`).
///
/// @param sampledPages pages that were packed to find out
/// @param heldPages pages that the input holds
/// @param threads that would pack
/// @param dumps one for each level and compression
public record Estimate(long sampledPages, long heldPages, int threads, List<OfDump> dumps) {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLISECOND = 1_000_000;

    /// One dump that could be made.
    ///
    /// @param pages it would hold, without pages full of zeros where its level leaves them out
    /// @param bytes its size
    /// @param nanos from the start of the command to its end, if the target takes what comes
    public record OfDump(int level, Compression compression, long pages, long bytes, long nanos) {

        /// What the target has to take in a second for [#nanos] to be true.
        long bytesPerSecond() {
            return (long) ((double) bytes / Math.max(nanos, 1) * NANOS_PER_SECOND);
        }
    }

    public Estimate {
        dumps = List.copyOf(dumps);
    }

    /// The table for people.
    public String text() throws IOException {
        StringBuilder text = new StringBuilder(2048).append("\nEstimated from ");
        text.append(Counts.format(sampledPages)).append(" of ").append(Counts.format(heldPages));
        text.append(" pages, for ").append(threads).append(threads == 1 ? " thread:\n\n" : " threads:\n\n");
        Table table = Table.of(
                Column.numbers("LEVEL"),
                Column.words("OPTION"),
                Column.words("CODEC"),
                Column.numbers("PAGES"),
                Column.numbers("SIZE"),
                Column.numbers("TIME"),
                Column.numbers("TARGET"));
        for (OfDump dump : dumps) {
            table.row(
                    Integer.toString(dump.level),
                    option(dump.compression),
                    dump.compression.label(),
                    Counts.format(dump.pages),
                    ByteSize.format(dump.bytes),
                    Elapsed.format(dump.nanos),
                    ByteSize.format(dump.bytesPerSecond()) + "/s");
        }
        table.writeTo(text);
        return text.append(
                        "\nTARGET is what the disk or network has to take for that TIME; with a slower one, divide SIZE"
                                + " by its speed.\n")
                .toString();
    }

    private static String option(Compression compression) {
        return switch (compression) {
            case NONE -> "";
            case ZLIB -> "-c";
            case LZO -> "-l";
            case SNAPPY -> "-p";
            case ZSTD -> "-z";
        };
    }

    /// The same as members of the JSON object that `json` is in.
    void members(JsonWriter json) throws IOException {
        json.name("sampledPages").value(sampledPages).name("heldPages").value(heldPages);
        json.name("threads").value(threads).name("dumps").beginArray();
        for (OfDump dump : dumps) {
            json.beginObject().name("level").value(dump.level);
            json.name("compression").value(dump.compression.label());
            json.name("pages").value(dump.pages).name("bytes").value(dump.bytes);
            json.name("milliseconds").value(dump.nanos / NANOS_PER_MILLISECOND);
            json.name("bytesPerSecond").value(dump.bytesPerSecond()).endObject();
        }
        json.endArray();
    }
}

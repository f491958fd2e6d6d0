package io.inquest.cli.log;

import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogRecord;
import io.inquest.kernel.log.LogVisitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Puts the time of day before each line instead of the time since boot, as `dmesg --ctime` does.
///
/// The log knows only the time since boot. The kernel notes the time of the crash, which is that of the newest
/// record to within a second or so; what lies before is counted back from there, sleep not counted.
final class WallClock implements LogVisitor {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final DateTimeFormatter format = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ROOT)
            .withZone(ZoneId.systemDefault());
    private final LogVisitor next;
    private final long bootSeconds;

    private WallClock(LogVisitor next, long bootSeconds) {
        this.next = next;
        this.bootSeconds = bootSeconds;
    }

    static WallClock before(LogVisitor next, KernelLog log, long crashSeconds) throws IOException {
        long[] newest = new long[1];
        log.visit(
                LogRange.ALL,
                record -> newest[0] = Math.max(newest[0], record.nanoseconds().orElse(0)));
        return new WallClock(next, crashSeconds - newest[0] / NANOS_PER_SECOND);
    }

    @Override
    public void record(LogRecord record) throws IOException {
        if (record.nanoseconds().isEmpty() || record.continuation()) {
            next.record(record);
            return;
        }
        long seconds = bootSeconds + record.nanoseconds().getAsLong() / NANOS_PER_SECOND;
        byte[] prefix =
                ("[" + format.format(Instant.ofEpochSecond(seconds)) + "] ").getBytes(StandardCharsets.US_ASCII);
        // Each line of the record gets its time, and so becomes a record without one.
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(prefix);
        ByteBuffer text = record.text().duplicate();
        while (text.hasRemaining()) {
            byte b = text.get();
            if (b == '\n') {
                next.record(timeless(record, line));
                line.reset();
                line.writeBytes(prefix);
            } else {
                line.write(b);
            }
        }
        next.record(timeless(record, line));
    }

    private static LogRecord timeless(LogRecord record, ByteArrayOutputStream line) {
        return new LogRecord(
                record.sequence(),
                OptionalLong.empty(),
                record.level(),
                record.facility(),
                OptionalInt.empty(),
                false,
                record.dictionary(),
                ByteBuffer.wrap(line.toByteArray()));
    }
}

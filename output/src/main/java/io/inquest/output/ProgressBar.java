package io.inquest.output;

import java.io.IOException;
import java.util.function.LongSupplier;

/// One line on a terminal that shows how far a long work is, how fast it goes and how long it will take.
///
/// ```
/// Copying pages  [##########----------]  51 %  312 MiB/s  4.1 s left
/// ```
///
/// It is drawn over itself at most ten times a second, and replaced by nothing at the end, so that what the command
/// prints next stands alone. Not for files and pipes: whoever makes one asks [Terminal] first. One thread calls it.
public final class ProgressBar {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long REDRAW_NANOS = NANOS_PER_SECOND / 10;

    /// How long a change of speed takes to show for the most part: long enough for calm, short enough for truth.
    private static final double MEMORY_NANOS = 3.0 * NANOS_PER_SECOND;

    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 8;

    private final Appendable out;
    private final int columns;
    private final LongSupplier nanoClock;

    private String title = "";
    private long total;
    private long drawnAt;
    private long drawnDone;
    private double bytesPerNano;
    private int drawnColumns;

    /// A bar on `out`, no wider than `columns`; `nanoClock` is `System::nanoTime` but in tests.
    public ProgressBar(Appendable out, int columns, LongSupplier nanoClock) {
        this.out = out;
        this.columns = columns;
        this.nanoClock = nanoClock;
    }

    /// Begins a work of `totalBytes`; an earlier one is over.
    public void begin(String newTitle, long totalBytes) throws IOException {
        clear();
        title = newTitle;
        total = totalBytes;
        drawnAt = nanoClock.getAsLong();
        drawnDone = 0;
        bytesPerNano = 0;
    }

    /// Tells how many bytes are done since the beginning.
    public void update(long doneBytes) throws IOException {
        long now = nanoClock.getAsLong();
        long sinceDrawn = now - drawnAt;
        if (sinceDrawn < REDRAW_NANOS) {
            return;
        }
        double newRate = (double) (doneBytes - drawnDone) / sinceDrawn;
        double weightOfNew = bytesPerNano == 0 ? 1 : 1 - Math.exp(-sinceDrawn / MEMORY_NANOS);
        bytesPerNano += weightOfNew * (newRate - bytesPerNano);
        drawnAt = now;
        drawnDone = doneBytes;
        draw(doneBytes);
    }

    /// Takes the bar away.
    public void clear() throws IOException {
        if (drawnColumns > 0) {
            out.append('\r').append(" ".repeat(drawnColumns)).append('\r');
            drawnColumns = 0;
        }
    }

    private void draw(long done) throws IOException {
        double share = total <= 0 ? 1 : Math.clamp((double) done / total, 0, 1);
        String percent = (int) (share * 100) + " %";
        String tail = " ".repeat(7 - percent.length()) + percent + "  "
                + ByteSize.format((long) (bytesPerNano * NANOS_PER_SECOND)) + "/s" + timeLeft(done);
        int room = columns - 1 - title.length() - 4 - tail.length();
        int bar = Math.min(room, LONGEST_BAR);
        StringBuilder line = new StringBuilder(columns).append(title);
        if (bar >= SHORTEST_BAR) {
            int full = (int) (share * bar);
            line.append("  [")
                    .append("#".repeat(full))
                    .append("-".repeat(bar - full))
                    .append(']');
        }
        line.append(tail);
        line.setLength(Math.min(line.length(), columns - 1));
        int shown = line.length();
        // What a longer line left behind is wiped.
        line.append(" ".repeat(Math.max(0, drawnColumns - shown)));
        out.append('\r').append(line);
        drawnColumns = shown;
    }

    private String timeLeft(long done) {
        if (bytesPerNano <= 0 || done >= total) {
            return "";
        }
        return "  " + Elapsed.format((long) ((total - done) / bytesPerNano)) + " left";
    }
}

package io.inquest.makedumpfile.message;

import java.util.function.LongSupplier;

/// The progress line of makedumpfile(8), which scripts and people know:
///
/// ```
/// Copying data                                      : [ 25.4 %] \           eta: 12s
/// ```
///
/// It is written over itself at most once a second, and at the end of each work. One thread calls it.
public final class Progress {

    /// What is being done.
    public enum Step {
        HOLES("Checking for memory holes"),
        PAGES("Excluding unnecessary pages"),
        COPY("Copying data");

        private final String title;

        Step(String title) {
            this.title = title;
        }

        /// The name in messages.
        public String title() {
            return title;
        }
    }

    /// Hears of each step as often as it goes on, not only as often as the line is written.
    @FunctionalInterface
    public interface Observer {
        void at(Step step, long done, long total);
    }

    private static final String SPINNER = "/|\\-";
    private static final int TITLE_WIDTH = 50;
    private static final int STEP_WIDTH = 27;
    private static final int REMAINING_WIDTH = 16;
    private static final long MILLIS_PER_SECOND = 1000;

    private final Messages messages;
    private final Events events;
    private final LongSupplier milliseconds;
    private long shownAt = Long.MIN_VALUE;
    private int spins;
    private Observer observer = (step, done, total) -> {};

    /// `milliseconds` is a clock that only goes forward.
    public Progress(Messages messages, Events events, LongSupplier milliseconds) {
        this.messages = messages;
        this.events = events;
        this.milliseconds = milliseconds;
    }

    /// A progress line by the system's clock.
    public static Progress on(Messages messages, Events events) {
        return new Progress(messages, events, () -> System.nanoTime() / 1_000_000);
    }

    /// Lets `newObserver` hear of what follows.
    public void observe(Observer newObserver) {
        observer = newObserver;
    }

    /// Shows that `done` of `total` are done since `startedAt`, the clock's time when the work began.
    public void show(Step step, long done, long total, long startedAt) {
        observer.at(step, done, total);
        boolean complete = done >= total;
        long now = milliseconds.getAsLong();
        if (!complete && shownAt != Long.MIN_VALUE && now - shownAt < MILLIS_PER_SECOND) {
            return;
        }
        shownAt = now;
        events.progress(step, Math.min(done, total), total);
        int permille = complete ? 1000 : (int) ((double) done / total * 1000);
        messages.send(MessageKind.PROGRESS, line(step, permille, now - startedAt));
    }

    /// Reports how long a step took, in makedumpfile's words.
    public void finished(Step step, long startedAt) {
        long millis = now() - startedAt;
        StringBuilder text = new StringBuilder("STEP [").append(step.title());
        text.repeat(' ', STEP_WIDTH - step.title().length()).append("] : ").append(millis / MILLIS_PER_SECOND);
        String fraction = Long.toString(millis % MILLIS_PER_SECOND);
        text.append('.').repeat('0', 3 - fraction.length()).append(fraction);
        messages.report(text.append("000 seconds\n").toString());
    }

    /// The clock's time.
    public long now() {
        return milliseconds.getAsLong();
    }

    /// Ends the line, so that what follows begins a new one.
    public void end() {
        messages.send(MessageKind.PROGRESS, "\n");
    }

    private String line(Step step, int permille, long elapsedMillis) {
        StringBuilder line = new StringBuilder(100).append('\r').append(step.title());
        while (line.length() < 1 + TITLE_WIDTH) {
            line.append(' ');
        }
        line.append(": [");
        String whole = Integer.toString(permille / 10);
        for (int i = whole.length(); i < 3; i++) {
            line.append(' ');
        }
        line.append(whole).append('.').append(permille % 10).append(" %] ");
        line.append(SPINNER.charAt(spins++ % SPINNER.length())).append("  ");
        String remaining = step == Step.COPY ? remaining(permille, elapsedMillis) : "";
        for (int i = remaining.length(); i < REMAINING_WIDTH; i++) {
            line.append(' ');
        }
        return line.append(remaining).toString();
    }

    /// The time left: two units, the larger of which is below 100 or so.
    private static String remaining(int permille, long elapsedMillis) {
        if (permille == 0) {
            return "";
        }
        long seconds = Math.max(elapsedMillis / permille - elapsedMillis / MILLIS_PER_SECOND, 0);
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        if (seconds < 100) {
            return "eta: " + seconds + "s";
        }
        if (minutes < 100) {
            return "eta: " + minutes + "m" + seconds % 60 + "s";
        }
        if (hours < 48) {
            return "eta: " + hours + "h" + minutes % 60 + "m";
        }
        return days < 100 ? "eta: " + days + "d" + hours % 24 + "h" : "eta: >100day";
    }
}

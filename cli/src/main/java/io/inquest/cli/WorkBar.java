package io.inquest.cli;

import io.inquest.dump.Warnings;
import io.inquest.output.ProgressBar;
import io.inquest.output.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Shows on a terminal how far a long work is; where standard error is none, nothing.
///
/// The bar goes away before anything else is said there, and at the end.
public final class WorkBar implements AutoCloseable {

    private static final long NOT_BEGUN = -1;

    private final String title;
    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private long total = NOT_BEGUN;

    WorkBar(String title, PrintWriter err, @Nullable ProgressBar bar) {
        this.title = title;
        this.err = err;
        this.bar = bar;
    }

    /// A bar for the work that `title` names.
    public static WorkBar on(CommandSpec command, String title) {
        PrintWriter err = command.commandLine().getErr();
        boolean terminal = Terminal.isStandardError();
        return new WorkBar(title, err, terminal ? new ProgressBar(err, Terminal.columns(), System::nanoTime) : null);
    }

    /// Tells how many bytes are done.
    public synchronized void show(long doneBytes, long totalBytes) {
        draw(shown -> {
            if (totalBytes != total) {
                shown.begin(title, totalBytes);
                total = totalBytes;
            }
            shown.update(doneBytes);
        });
    }

    /// Tells warnings to the user as they come, not behind the bar.
    public Warnings warnings(Warnings told) {
        return sentence -> {
            close();
            told.warn(sentence);
        };
    }

    /// Takes the bar away.
    @Override
    public synchronized void close() {
        draw(ProgressBar::clear);
    }

    private void draw(Drawing drawing) {
        if (bar == null) {
            return;
        }
        try {
            drawing.on(bar);
        } catch (IOException nobodyLooks) {
            // The work is more than its bar.
        }
        err.flush();
    }

    @FunctionalInterface
    private interface Drawing {
        void on(ProgressBar bar) throws IOException;
    }
}

package io.inquest.makedumpfile.message;

import io.inquest.dump.Warnings;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends each message to its stream, if the message level lets it through.
///
/// Common, debug and report messages go to standard output, or to standard error when data goes to standard
/// output; progress and errors always go to standard error. A stream that fails is not written to again: a lost
/// message must not lose the dump.
public final class Messages implements Warnings {

    private final OutputStream out;
    private final OutputStream err;
    private final int level;
    private final Events events;
    private @Nullable Warnings warnings;
    private final List<String> unsafeNames = new ArrayList<>();
    private boolean outFailed;
    private boolean progressOpen;
    private boolean errFailed;

    /// `out` and `err` are the streams of the process; with `stdoutTaken` nothing is written to `out`.
    public Messages(OutputStream out, OutputStream err, int level, boolean stdoutTaken) {
        this(out, err, level, stdoutTaken, Events.NONE);
    }

    /// As the other constructor; warnings are events, too.
    public Messages(OutputStream out, OutputStream err, int level, boolean stdoutTaken, Events events) {
        this.events = events;
        this.out = stdoutTaken ? err : out;
        this.err = err;
        this.level = level;
    }

    /// Says nothing of its own; warnings go to `warnings`.
    public static Messages warningsOnly(Warnings warnings) {
        return new Messages(warnings);
    }

    private Messages(Warnings warnings) {
        this(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), 0, true, Events.NONE);
        this.warnings = warnings;
    }

    /// Where events go.
    public Events events() {
        return events;
    }

    /// Whether messages of this kind are shown.
    public boolean shows(MessageKind kind) {
        return (level & kind.bit()) != 0;
    }

    /// Writes `text`, which ends its own lines. What it quotes of a dump, or of a file's name, does nothing to
    /// a terminal; only progress moves the cursor.
    public synchronized void send(MessageKind kind, String text) {
        if (!shows(kind)) {
            return;
        }
        switch (kind) {
            case PROGRESS -> toErr(text);
            case ERROR -> toErr(safe(text));
            default -> toOut(safe(text));
        }
    }

    public void common(String text) {
        send(MessageKind.COMMON, text);
    }

    public void error(String text) {
        send(MessageKind.ERROR, text);
    }

    /// The same for what makes the run fail, which the last event tells as well.
    public void failure(String text) {
        events.reason(text.strip());
        error(text);
    }

    /// Tells that messages may have these names of files in them, so that a line end in one ends no line.
    public void quote(List<String> names) {
        for (String name : names) {
            if (name.indexOf('\n') >= 0 || name.indexOf('\t') >= 0) {
                unsafeNames.add(name);
            }
        }
    }

    public void report(String text) {
        send(MessageKind.REPORT, text);
    }

    public void debug(String text) {
        send(MessageKind.DEBUG, text);
    }

    /// A sentence that the libraries below have to tell.
    @Override
    public synchronized void warn(String sentence) {
        if (warnings != null) {
            warnings.warn(sentence);
            return;
        }
        events.warning(sentence);
        // A progress line has no end of its own; a warning must not disappear behind it.
        error((progressOpen ? "\n" : "") + "WARNING: " + sentence + "\n");
    }

    /// Writes to standard error whatever the level is; for what the C library itself would print.
    public synchronized void always(String text) {
        toErr(SafeText.lines(text));
    }

    private String safe(String text) {
        String quoted = text;
        for (String name : unsafeNames) {
            quoted = quoted.replace(name, SafeText.line(name));
        }
        return SafeText.lines(quoted);
    }

    private void toOut(String text) {
        if (outFailed) {
            return;
        }
        try {
            out.write(bytes(text));
            out.flush();
        } catch (IOException nobodyListens) {
            outFailed = true;
        }
    }

    private void toErr(String text) {
        if (errFailed) {
            return;
        }
        progressOpen = !text.endsWith("\n");
        try {
            err.write(bytes(text));
            err.flush();
        } catch (IOException nobodyListens) {
            errFailed = true;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

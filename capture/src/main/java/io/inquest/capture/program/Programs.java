package io.inquest.capture.program;

import io.inquest.capture.journal.Heartbeat;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs other programs. What they print goes where ours does, but for what is asked for. They have no input.
///
/// @param heartbeat beats while a program with a time limit runs, and while one without a limit sends something
public record Programs(Heartbeat heartbeat) {

    private static final int MOST_ANSWER_BYTES = 1 << 16;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long POLL_MILLIS = 200;
    private static final File NOTHING = new File("/dev/null");

    /// Hears what a program does that has no time limit, each time that it is looked at.
    @FunctionalInterface
    public interface Watcher {
        void running();
    }

    /// The first line that a program printed, if it succeeded, and how it ended.
    public record Answer(Optional<String> line, ProgramEnd end) {}

    /// Waits for its end, but not longer than `limit`.
    public ProgramEnd run(List<String> words, Duration limit) {
        return run(words, Redirect.INHERIT, process -> await(process, limit));
    }

    /// As the other one, for a program that may take as long as it takes; `watcher` sees to it that it goes on.
    public ProgramEnd run(List<String> words, Watcher watcher) {
        return run(words, Redirect.INHERIT, process -> {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                watcher.running();
            }
            return new ProgramEnd.Exited(process.exitValue());
        });
    }

    /// Waits as [#run] does, and takes the first line that it prints.
    public Answer ask(List<String> words, Duration limit) {
        StringBuilder printed = new StringBuilder();
        ProgramEnd end = run(words, Redirect.PIPE, process -> {
            ProgramEnd how = await(process, limit);
            printed.append(available(process.getInputStream()));
            return how;
        });
        int lineEnd = printed.indexOf("\n");
        String line = lineEnd < 0 ? printed.toString() : printed.substring(0, lineEnd);
        return new Answer(end.succeeded() && !line.isEmpty() ? Optional.of(line) : Optional.empty(), end);
    }

    /// Sends all that it prints to `out`, however long that takes.
    public ProgramEnd pipe(List<String> words, OutputStream out) {
        return run(words, Redirect.PIPE, process -> {
            byte[] buffer = new byte[BUFFER_BYTES];
            InputStream printed = process.getInputStream();
            for (int count = printed.read(buffer); count >= 0; count = printed.read(buffer)) {
                out.write(buffer, 0, count);
                heartbeat.beat();
            }
            return new ProgramEnd.Exited(process.waitFor());
        });
    }

    /// Starts it and does not wait.
    public Optional<ProgramEnd> start(List<String> words) {
        try {
            builder(words, Redirect.INHERIT).start();
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(notStarted(refused));
        }
    }

    @FunctionalInterface
    private interface Attendance {
        ProgramEnd until(Process process) throws IOException, InterruptedException;
    }

    private static ProgramEnd run(List<String> words, Redirect output, Attendance attendance) {
        Process process;
        try {
            process = builder(words, output).start();
        } catch (IOException refused) {
            return notStarted(refused);
        }
        try {
            return attendance.until(process);
        } catch (IOException broken) {
            return new ProgramEnd.Broken(String.valueOf(broken.getMessage()));
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return new ProgramEnd.Broken("interrupted");
        } finally {
            end(process);
        }
    }

    private static ProcessBuilder builder(List<String> words, Redirect output) {
        return new ProcessBuilder(words)
                .redirectInput(Redirect.from(NOTHING))
                .redirectOutput(output)
                .redirectError(Redirect.INHERIT);
    }

    /// Java has the system's words in brackets, behind what everybody knows.
    private static ProgramEnd notStarted(IOException refused) {
        String sentence = String.valueOf(refused.getMessage());
        int from = sentence.lastIndexOf('(');
        int to = sentence.lastIndexOf(')');
        return new ProgramEnd.NotStarted(from >= 0 && to > from ? sentence.substring(from + 1, to) : sentence);
    }

    private ProgramEnd await(Process process, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - end >= 0) {
                return new ProgramEnd.TooLong(limit);
            }
            heartbeat.beat();
        }
        return new ProgramEnd.Exited(process.exitValue());
    }

    /// With all that it started, so that nothing of it writes on.
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// What is there; a program that it started may keep the stream open for ever.
    private static String available(InputStream in) throws IOException {
        int there = Math.min(in.available(), MOST_ANSWER_BYTES);
        return new String(in.readNBytes(there), StandardCharsets.UTF_8);
    }
}

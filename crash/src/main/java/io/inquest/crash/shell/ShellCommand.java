package io.inquest.crash.shell;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/// A command of `/bin/sh` that takes an answer, or stands alone.
final class ShellCommand implements Closeable {

    private final Process process;
    private final Console console;
    private final Writer input;
    private final Thread output;

    private ShellCommand(Process process, Console console) {
        this.process = process;
        this.console = console;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.output = Thread.ofVirtual().unstarted(this::copyOutput);
    }

    /// Starts it; what is written to [#input] is its standard input.
    static ShellCommand start(String commandLine, Console console, Redirect standardInput) throws IOException {
        console.flush();
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", commandLine)
                .redirectInput(standardInput)
                .redirectError(Redirect.INHERIT);
        if (console.inherited()) {
            builder.redirectOutput(Redirect.INHERIT);
        }
        ShellCommand command = new ShellCommand(builder.start(), console);
        if (!console.inherited()) {
            command.output.start();
        }
        return command;
    }

    Writer input() {
        return input;
    }

    private void copyOutput() {
        PrintWriter out = console.out();
        try (var text = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            text.transferTo(out);
        } catch (IOException ended) {
            // The process is gone, and with it what it would have said.
            out.flush();
        }
    }

    /// Closes its input and waits for its end; true if that was a good one.
    boolean finish() throws IOException {
        try {
            input.close();
        } catch (IOException brokenPipe) {
            // It read as much as it wanted: `log | head`.
        }
        try {
            int exitCode = process.waitFor();
            if (!console.inherited()) {
                output.join();
            }
            return exitCode == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

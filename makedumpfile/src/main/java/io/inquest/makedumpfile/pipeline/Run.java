package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpException;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.message.Progress;
import io.inquest.makedumpfile.option.Options;
import java.io.InputStream;
import java.io.OutputStream;

/// One run of the command: what is asked for, whom to tell, and whether to go on.
final class Run {

    /// What a JVM takes from an AOT cache before the command begins.
    private static final long JVM_START_NANOS = 50_000_000;

    private final Options options;
    private final InputStream stdin;
    private final OutputStream stdout;
    private final Messages messages;
    private final int processors;
    private final Progress progress;
    private final MemoryBudget memory;
    private final long startedAt = System.nanoTime();
    private volatile boolean stopped;

    Run(Options options, InputStream stdin, OutputStream stdout, Messages messages) {
        this(options, stdin, stdout, messages, Runtime.getRuntime().availableProcessors());
    }

    /// As if the machine had so many processors.
    Run(Options options, InputStream stdin, OutputStream stdout, Messages messages, int processors) {
        this.options = options;
        this.stdin = stdin;
        this.stdout = stdout;
        this.messages = messages;
        this.processors = processors;
        this.memory = MemoryBudget.of(options);
        this.progress = Progress.on(messages, messages.events());
    }

    Options options() {
        return options;
    }

    InputStream stdin() {
        return stdin;
    }

    OutputStream stdout() {
        return stdout;
    }

    Messages messages() {
        return messages;
    }

    Progress progress() {
        return progress;
    }

    /// Nanoseconds since the process began, near enough.
    long elapsedNanos() {
        return JVM_START_NANOS + System.nanoTime() - startedAt;
    }

    /// How many threads share the work: as asked for, but never more than there are processors, or than
    /// little memory has room for.
    int threads() {
        int most = Math.min(processors, memory.mostThreads());
        return Math.clamp(options.resources().threads().orElse(most), 1, most);
    }

    /// How many threads would share the work on another machine, which may have any number of processors.
    int threadsElsewhere() {
        return Math.clamp(options.resources().threads().orElse(threads()), 1, memory.mostThreads());
    }

    /// How much memory the work may take.
    MemoryBudget memory() {
        return memory;
    }

    /// Makes the work end at the next place where its output can be left in order.
    void stop() {
        stopped = true;
    }

    /// Throws when the work shall end.
    void checkStopped() throws CommandFailure {
        if (stopped) {
            throw new CommandFailure("\nmakedumpfile: interrupted", new DumpException("interrupted"));
        }
    }
}

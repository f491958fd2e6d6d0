package io.inquest.crash.session;

import io.inquest.crash.UsageException;
import io.inquest.crash.value.Answers;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One user's conversation with one dead kernel.
///
/// One thread runs its commands; another may only call [#stop].
public final class Session {

    private final Kernel kernel;
    private final Sources sources;
    private final Settings settings = new Settings();
    private final Aliases aliases = new Aliases();
    private final Answers answers = new Answers();
    private @Nullable Task current;
    private volatile boolean stopped;

    public Session(Kernel kernel, Sources sources) {
        this.kernel = kernel;
        this.sources = sources;
    }

    public Kernel kernel() {
        return kernel;
    }

    /// The files the kernel is read from.
    public Sources sources() {
        return sources;
    }

    /// The address of the first symbol of that name.
    public OptionalLong symbolAddress(String name) {
        try {
            return kernel.symbols().address(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The task that commands are about unless they are given another: at first the one that died.
    ///
    /// Throws a [UsageException] when there is none, which a `set` can mend.
    public Task current() throws IOException {
        if (current == null) {
            current = panicTask()
                    .or(this::anyTask)
                    .orElseThrow(() -> new UsageException("no current task; choose one by \"set PID\""));
        }
        return current;
    }

    /// Makes another task the current one.
    public void setCurrent(Task task) {
        current = task;
    }

    /// The task on the CPU that died.
    public Optional<Task> panicTask() throws IOException {
        try {
            return kernel.cpus().dying().map(dying -> dying.cpu().current());
        } catch (MemoryFault | MissingSymbol lost) {
            return Optional.empty();
        }
    }

    private Optional<Task> anyTask() {
        try {
            return kernel.tasks().withPid(0).or(() -> first(kernel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Task> first(Kernel kernel) {
        try {
            return kernel.tasks().all().stream().findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Settings settings() {
        return settings;
    }

    public Aliases aliases() {
        return aliases;
    }

    /// What `p` answered so far.
    public Answers answers() {
        return answers;
    }

    /// Makes the running command end at its next row: what Ctrl-C does.
    ///
    /// A flag and no interrupt, because an interrupted thread that reads a file closes it.
    public void stop() {
        stopped = true;
    }

    /// Forgets an earlier [#stop]; called before each command.
    public void begin() {
        stopped = false;
    }

    /// Throws [Stopped] if somebody called [#stop]. For loops that give no rows for long.
    public void checkStopped() {
        if (stopped) {
            throw new Stopped();
        }
    }
}

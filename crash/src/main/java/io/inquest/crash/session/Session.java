package io.inquest.crash.session;

import io.inquest.kernel.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/// One user's conversation with one dead kernel.
///
/// One thread runs its commands; another may only call [#stop].
public final class Session {

    private final Kernel kernel;
    private final Sources sources;
    private final Settings settings = new Settings();
    private final Aliases aliases = new Aliases();
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

    public Settings settings() {
        return settings;
    }

    public Aliases aliases() {
        return aliases;
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

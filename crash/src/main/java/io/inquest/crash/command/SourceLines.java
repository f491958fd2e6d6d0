package io.inquest.crash.command;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.Vmlinux;
import io.inquest.kernel.dwarf.SourceLine;
import java.util.Optional;

/// Where in the sources code comes from, if there is a vmlinux with debug information; else nowhere.
public final class SourceLines {

    private final Optional<Vmlinux> vmlinux;

    private SourceLines(Optional<Vmlinux> vmlinux) {
        this.vmlinux = vmlinux;
    }

    public static SourceLines of(Kernel kernel) {
        return new SourceLines(kernel.vmlinux());
    }

    /// Whether there are any.
    public boolean areKnown() {
        return vmlinux.isPresent();
    }

    /// `kernel/sched/core.c: 6833` of the instruction at an address. Of code that was inlined it is the line of the
    /// innermost function.
    public Optional<String> at(long address) {
        return vmlinux.flatMap(file -> file.lines().lineAt(address)).map(SourceLines::text);
    }

    /// The line of the call that returns to an address.
    public Optional<String> ofCallBefore(long address) {
        return at(address - 1);
    }

    private static String text(SourceLine line) {
        return line.path() + ": " + line.line();
    }
}

package io.inquest.crash.shell;

import io.inquest.crash.ExitCode;
import io.inquest.crash.MissingFile;
import io.inquest.crash.UsageException;
import io.inquest.crash.session.Stopped;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// One try to run a line: whatever it throws becomes a sentence and an exit code, and the session goes on.
record Attempt(String line, Console console) {

    /// Work that may fail in all ways.
    @FunctionalInterface
    interface Work {
        int run() throws IOException;
    }

    int complete(Work work) {
        try {
            int exitCode = work.run();
            console.flush();
            return exitCode;
        } catch (ReaderGone gone) {
            throw gone;
        } catch (IOException | RuntimeException | VirtualMachineError failure) {
            return complain(failure);
        }
    }

    private int complain(Throwable failure) {
        if (failure instanceof UntilClosed.Closed) {
            return ExitCode.OK;
        }
        int exitCode = exitCode(failure);
        // Where memory ran out tells nothing: it may have been full of something else.
        if (exitCode == ExitCode.DEFECT && !(failure instanceof OutOfMemoryError)) {
            console.complain("this is a defect of Inquest, please report it: " + failure);
            failure.printStackTrace(console.err());
            console.err().flush();
        } else {
            console.complain(commandName() + ": " + sentence(failure));
        }
        return exitCode;
    }

    /// Crash says its own name where it does not know a command's.
    private String commandName() {
        int end = 0;
        while (end < line.length() && " \t|>".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        String first = line.substring(0, end);
        return io.inquest.crash.command.AllCommands.find(first).isPresent() ? first : "crash";
    }

    private static int exitCode(Throwable failure) {
        return switch (failure) {
            case UsageException usage -> ExitCode.USAGE;
            case MemoryFault fault -> ExitCode.MEMORY;
            case Stopped stopped -> ExitCode.MEMORY;
            case MissingSymbol symbol -> ExitCode.MISSING;
            case MissingType type -> ExitCode.MISSING;
            case MissingMember member -> ExitCode.MISSING;
            case IOException io -> ExitCode.DUMP;
            case UncheckedIOException io -> ExitCode.DUMP;
            default -> ExitCode.DEFECT;
        };
    }

    /// What a failure says to the user.
    static String sentence(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException missing -> MissingFile.sentence(missing);
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case UncheckedIOException io when io.getCause() != null -> sentence(io.getCause());
            case OutOfMemoryError full ->
                "this answer needs more than the "
                        + (Runtime.getRuntime().maxMemory() >>> 20)
                        + " MiB of memory that Java may use here; INQUEST_JAVA_OPTIONS=-Xmx4g allows more";
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}

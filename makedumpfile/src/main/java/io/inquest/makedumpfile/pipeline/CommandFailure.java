package io.inquest.makedumpfile.pipeline;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// The work cannot go on; the message is what the user is told, as makedumpfile would put it.
final class CommandFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    CommandFailure(String message) {
        this(message, Outcome.FAILED);
    }

    CommandFailure(String message, Outcome outcome) {
        super(message);
        this.outcome = outcome;
    }

    /// As the first constructor; `cause` is what happened, in words that are not makedumpfile's.
    CommandFailure(String message, IOException cause) {
        this(message);
        initCause(cause);
    }

    /// What happened, for those who do not speak as makedumpfile does.
    IOException plain() {
        return getCause() instanceof IOException cause ? cause : this;
    }

    Outcome outcome() {
        return outcome;
    }

    /// The system's words for why a file could not be opened, as strerror(3) has them.
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}

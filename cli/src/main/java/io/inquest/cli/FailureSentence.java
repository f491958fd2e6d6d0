package io.inquest.cli;

import io.inquest.crash.MissingFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What a failure means, in a sentence for the user.
public final class FailureSentence {

    private FailureSentence() {}

    /// Java's own file exceptions have nothing but the file's name for a message.
    public static String of(Exception failure) {
        return switch (failure) {
            case NoSuchFileException missing -> MissingFile.sentence(missing);
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileSystemException file when file.getReason() == null -> file.getFile() + ": cannot be used";
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}

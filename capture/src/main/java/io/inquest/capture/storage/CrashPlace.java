package io.inquest.capture.storage;

import io.inquest.capture.config.Retention;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.LongConsumer;

/// A place on a target for the files of one crash. An exception means that the target did not take something.
public interface CrashPlace extends Closeable {

    /// Writes a small file whole: reads it back, and only then gives it its name.
    SavedFile save(String name, Content content) throws IOException;

    /// Where the dump is to be written. What an attempt before has left is gone.
    DumpOutput beginDump(DumpForm form) throws IOException;

    /// Makes durable what was written of the dump, and reads all of it back; nothing if nothing was.
    ///
    /// @param watcher hears how many bytes were read
    Optional<SavedFile> readDumpBack(LongConsumer watcher) throws IOException;

    /// The dump's file while it is unfinished, where it is one that can be opened.
    Optional<Path> unfinishedDump();

    /// Gives the dump, which is whole, the name that its form has there.
    SavedFile publishDump(SavedFile unfinished) throws IOException;

    /// Throws if the target takes no more files, though it has room: then it is not the dump's maker that failed.
    void check() throws IOException;

    /// How many bytes have room there.
    long room() throws IOException;

    /// A file to which the steps of the act may be added, where there can be one.
    Optional<Path> stateFile();

    /// Deletes old dumps of the target, now that this one is complete.
    Retaining.Outcome retain(Retention retention, LocalDateTime now) throws IOException;
}

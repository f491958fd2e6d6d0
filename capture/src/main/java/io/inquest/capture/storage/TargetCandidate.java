package io.inquest.capture.storage;

import io.inquest.capture.config.Server;
import io.inquest.capture.storage.raw.RawDevice;
import io.inquest.capture.storage.raw.RawPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// A target that may be tried.
public interface TargetCandidate {

    /// What messages call it.
    String name();

    /// Whose it is, if it is another machine's: there dumps need a word about which machine they are of.
    Optional<Server> server();

    /// Makes it ready, and takes a place on it for a crash of that name, or of the next that is free. An exception says
    /// why
    /// it is no good.
    CrashPlace open(FolderName name) throws IOException;

    /// Ends its use. What was saved is there; a failure is of no more interest.
    void close();

    /// A place in a folder, which is made if it is not there, or on a device.
    static CrashPlace placeAt(Path path, FolderName name) throws IOException {
        boolean isFolder = Files.isDirectory(path) || !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        return isFolder ? DumpFolder.create(path, name) : RawPlace.take(RawDevice.modify(path), name);
    }
}

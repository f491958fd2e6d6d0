package io.inquest.capture.storage;

import io.inquest.capture.config.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a user named: a folder in a file system that he mounted, or a raw device.
public record GivenTarget(Path path) implements TargetCandidate {

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public Optional<Server> server() {
        return Optional.empty();
    }

    /// The user's own links are his to follow.
    @Override
    public CrashPlace open(FolderName name) throws IOException {
        return TargetCandidate.placeAt(Files.exists(path) ? path.toRealPath() : path, name);
    }

    @Override
    public void close() {}
}

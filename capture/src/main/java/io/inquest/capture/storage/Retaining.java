package io.inquest.capture.storage;

import io.inquest.capture.config.Retention;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Deletes old dumps of a target, once a new one is complete there: the oldest, until all limits hold.
///
/// Only folders that are named as a dump's is count, and only files that a dump's folder has are deleted; one that has
/// anything else stays, and is told. The new dump stays, whatever the limits say.
public final class Retaining {

    private static final Set<String> NAMES = Set.of(
            "vmcore",
            "vmcore-incomplete",
            "vmcore.flat",
            "vmcore-dmesg.txt",
            "vmcore-dmesg-incomplete.txt",
            "kexec-dmesg.log",
            "opalcore",
            "report.txt",
            "report-incomplete.txt",
            "report.json",
            "report-incomplete.json",
            "manifest.json",
            "manifest-incomplete.json",
            "inquest-probe",
            "inquest-reserve",
            "state");

    private final Retention retention;
    private final LocalDateTime now;

    /// What was done.
    ///
    /// @param deleted folders that are gone
    /// @param kept sentences about folders that should be gone and are not
    public record Outcome(List<Path> deleted, List<String> kept) {}

    private record OldDump(Path folder, FolderName name, long bytes) {}

    public Retaining(Retention retention, LocalDateTime now) {
        this.retention = retention;
        this.now = now;
    }

    /// Deletes in the folder that `newest` is in.
    public Outcome apply(Path newest) throws IOException {
        List<Path> deleted = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<OldDump> old = older(newest);
        int count = old.size() + 1;
        long bytes = bytes(newest);
        for (OldDump dump : old) {
            bytes += dump.bytes();
        }
        for (OldDump dump : old) {
            if (!exceeds(count, bytes, dump)) {
                continue;
            }
            Optional<String> reason = delete(dump.folder());
            if (reason.isPresent()) {
                kept.add(dump.folder() + " stays: " + reason.get());
                continue;
            }
            deleted.add(dump.folder());
            count--;
            bytes -= dump.bytes();
        }
        return new Outcome(deleted, kept);
    }

    private boolean exceeds(int count, long bytes, OldDump dump) {
        return (retention.count().isPresent() && count > retention.count().getAsInt())
                || (retention.bytes().isPresent() && bytes > retention.bytes().getAsLong())
                || (retention.age().isPresent()
                        && dump.name().time().isBefore(now.minus(retention.age().get())));
    }

    /// The other dumps, the oldest first.
    private static List<OldDump> older(Path newest) throws IOException {
        List<OldDump> dumps = new ArrayList<>();
        Path parent = newest.toAbsolutePath().getParent();
        if (parent == null) {
            return dumps;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path folder : folders) {
                Optional<FolderName> name =
                        FolderName.parse(folder.getFileName().toString());
                boolean isDump = name.isPresent() && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
                if (isDump && !folder.equals(newest)) {
                    dumps.add(new OldDump(folder, name.get(), bytes(folder)));
                }
            }
        }
        dumps.sort((one, other) -> one.name().compareTo(other.name()));
        return dumps;
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
            }
        }
        return bytes;
    }

    /// Why it could not be deleted, if so; nothing of it is deleted then but what an I/O error lets.
    private static Optional<String> delete(Path folder) {
        try {
            List<Path> files = new ArrayList<>();
            try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
                for (Path file : there) {
                    if (!NAMES.contains(file.getFileName().toString())
                            || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        return Optional.of(file.getFileName() + " in it is none of ours");
                    }
                    files.add(file);
                }
            }
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }
}

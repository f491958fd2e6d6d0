package io.inquest.capture.storage.raw;

import io.inquest.capture.storage.DumpFolder;
import io.inquest.capture.storage.DumpForm;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.FolderName;
import io.inquest.capture.storage.SavedFile;
import io.inquest.capture.storage.Sha256;
import io.inquest.capture.storage.raw.RawEntry.State;
import io.inquest.dump.flattened.FlattenedException;
import io.inquest.dump.flattened.Rearranger;
import io.inquest.dump.io.FileSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Copies crashes from a raw device to folders: the files under their names, a flattened dump as the dump that it
/// describes.
public final class RawExtraction {

    private final RawDevice device;
    private final Path parent;

    /// What came of one crash.
    ///
    /// @param folder where its files are
    /// @param files those that are whole
    /// @param problems what is wrong with the others, a sentence each
    public record Extracted(Path folder, List<String> files, List<String> problems) {}

    /// @param parent gets a folder for each crash
    public RawExtraction(RawDevice device, Path parent) {
        this.device = device;
        this.parent = parent;
    }

    /// Copies the files of one crash.
    public Extracted extract(String crash) throws IOException {
        return extract(device.index().of(crash), FolderName.parse(crash));
    }

    /// Copies the dump that somebody else left on the device.
    public Extracted extractWithoutIndex(RawEntry dump) throws IOException {
        return extract(List.of(dump), Optional.empty());
    }

    private Extracted extract(List<RawEntry> entries, Optional<FolderName> name) throws IOException {
        FolderName wanted = name.orElseGet(() -> new FolderName("raw", LocalDateTime.now(ZoneId.systemDefault()), 0));
        List<String> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (DumpFolder folder = DumpFolder.create(parent.toAbsolutePath().normalize(), wanted)) {
            for (RawEntry entry : entries) {
                Optional<String> problem =
                        entry.name().equals(RawPlace.DUMP) ? dump(entry, folder) : file(entry, folder);
                problem.ifPresentOrElse(problems::add, () -> files.add(entry.name()));
            }
            return new Extracted(folder.path(), files, problems);
        }
    }

    /// What is wrong with it, if something is.
    private Optional<String> file(RawEntry entry, DumpFolder folder) throws IOException {
        try (InputStream in = device.open(entry)) {
            SavedFile saved = folder.save(FolderName.asHost(entry.name()), in::transferTo);
            return saved.sha256().equals(entry.sha256())
                    ? Optional.empty()
                    : Optional.of(entry.name() + " is damaged: its checksum is not that of the index");
        }
    }

    private Optional<String> dump(RawEntry entry, DumpFolder folder) throws IOException {
        Path unfinished = ((DumpOutput.ToFile) folder.beginDump(DumpForm.FILTERED)).path();
        String checksum;
        try (DigestInputStream in = new DigestInputStream(device.open(entry), Sha256.begin());
                FileSink sink = FileSink.create(unfinished)) {
            copy(entry, in, sink);
            long rest = entry.state() == State.WHOLE ? in.transferTo(OutputStream.nullOutputStream()) : 0;
            assert rest >= 0;
            sink.force();
            checksum = Sha256.end(in.getMessageDigest());
        } catch (FlattenedException cut) {
            return Optional.of(unfinished.getFileName() + " is not whole: " + cut.getMessage());
        }
        if (entry.state() == State.WHOLE && !checksum.equals(entry.sha256())) {
            return Optional.of(unfinished.getFileName() + " is damaged: its checksum is not that of the index");
        }
        if (entry.state() != State.WHOLE && !device.isFlattened(entry)) {
            return Optional.of(unfinished.getFileName() + " is not whole: the capture ended in it");
        }
        SavedFile saved = folder.readDumpBack(_ -> {}).orElseThrow(() -> new IOException("nothing was copied"));
        SavedFile published = folder.publishDump(saved);
        assert published.bytes() == saved.bytes();
        return Optional.empty();
    }

    private void copy(RawEntry entry, InputStream in, FileSink sink) throws IOException {
        if (device.isFlattened(entry)) {
            Rearranger.rearrange(device.toString(), in, sink);
            return;
        }
        byte[] buffer = new byte[1 << 16];
        long offset = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            sink.write(offset, ByteBuffer.wrap(buffer, 0, count));
            offset += count;
        }
    }
}

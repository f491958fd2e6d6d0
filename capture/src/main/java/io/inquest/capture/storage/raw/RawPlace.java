package io.inquest.capture.storage.raw;

import io.inquest.capture.config.Retention;
import io.inquest.capture.storage.Content;
import io.inquest.capture.storage.CrashPlace;
import io.inquest.capture.storage.DumpForm;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.FolderName;
import io.inquest.capture.storage.Retaining;
import io.inquest.capture.storage.SavedFile;
import io.inquest.capture.storage.Sha256;
import io.inquest.capture.storage.raw.RawEntry.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// A crash's place on a raw device.
///
/// Where the largest gap is less than half of the device, the oldest crashes are given up until it is not; never the
/// newest
/// whose dump is whole.
public final class RawPlace implements CrashPlace {

    static final String DUMP = "vmcore";

    private static final int BUFFER_BYTES = 1 << 16;

    private final RawDevice device;
    private final String folder;
    private RawSpace.Gap gap = new RawSpace.Gap(0, 0);
    private long written;

    private RawPlace(RawDevice device, String folder) {
        this.device = device;
        this.folder = folder;
    }

    /// Takes a place for another crash.
    public static RawPlace take(RawDevice device, FolderName name) throws IOException {
        RawIndex index = RawSpace.withRoom(device.index(), device.indexAt());
        FolderName free = name;
        while (index.folders().contains(free.toString())) {
            free = free.next();
        }
        if (index.generation() != device.index().generation()) {
            device.write(index);
        }
        return new RawPlace(device, free.toString());
    }

    @Override
    public SavedFile save(String name, Content content) throws IOException {
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        content.writeTo(memory);
        byte[] bytes = memory.toByteArray();
        OptionalLong offset = RawSpace.forFile(device.index(), device.indexAt(), bytes.length);
        if (offset.isEmpty()) {
            throw full();
        }
        device.write(offset.getAsLong(), ByteBuffer.wrap(bytes));
        device.force();
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        RawEntry entry = new RawEntry(folder, name, offset.getAsLong(), bytes.length, State.WHOLE, Sha256.end(digest));
        if (!readBack(entry, _ -> {}).equals(entry.sha256())) {
            throw new IOException(device + ": what was read back of " + name + " is not what was written");
        }
        device.write(device.index().with(entry));
        return new SavedFile(name, bytes.length, entry.sha256());
    }

    /// All of the gap is the dump's until its size is known, so that what a power cut leaves of it stays to be found.
    @Override
    public DumpOutput beginDump(DumpForm form) throws IOException {
        RawIndex others = device.index().without(folder, DUMP);
        gap = RawSpace.forDump(others, device.indexAt());
        written = 0;
        device.write(others.with(unfinished(gap.bytes())));
        return new DumpOutput.ToStream(new DumpStream());
    }

    private RawEntry unfinished(long bytes) {
        return new RawEntry(folder, DUMP, gap.start(), bytes, State.UNFINISHED, RawEntry.NO_CHECKSUM);
    }

    private final class DumpStream extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (count > gap.bytes() - written) {
                throw full();
            }
            device.write(gap.start() + written, ByteBuffer.wrap(bytes, from, count));
            written += count;
        }
    }

    /// In the system's words, by which the writer of a dump knows it.
    private static IOException full() {
        return new IOException("No space left on device");
    }

    @Override
    public Optional<SavedFile> readDumpBack(LongConsumer watcher) throws IOException {
        RawIndex others = device.index().without(folder, DUMP);
        if (written == 0) {
            device.write(others);
            return Optional.empty();
        }
        device.force();
        device.write(others.with(unfinished(written)));
        return Optional.of(new SavedFile(DUMP, written, readBack(unfinished(written), watcher)));
    }

    private String readBack(RawEntry entry, LongConsumer watcher) throws IOException {
        MessageDigest digest = Sha256.begin();
        try (InputStream in = device.open(entry)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                bytes += count;
                watcher.accept(bytes);
            }
        }
        return Sha256.end(digest);
    }

    @Override
    public Optional<Path> unfinishedDump() {
        return Optional.empty();
    }

    @Override
    public SavedFile publishDump(SavedFile unfinished) throws IOException {
        device.write(device.index().with(unfinished(written).whole(unfinished.sha256())));
        return unfinished;
    }

    @Override
    public void check() throws IOException {
        device.write(
                new RawIndex(device.index().generation() + 1, device.index().entries()));
    }

    @Override
    public long room() {
        return RawSpace.forDump(device.index(), device.indexAt()).bytes();
    }

    @Override
    public Optional<Path> stateFile() {
        return Optional.empty();
    }

    /// What has to go for a new crash went when this place was taken.
    @Override
    public Retaining.Outcome retain(Retention retention, LocalDateTime now) {
        return new Retaining.Outcome(List.of(), List.of());
    }

    @Override
    public void close() throws IOException {
        device.close();
    }

    @Override
    public String toString() {
        return device + ":" + folder;
    }
}

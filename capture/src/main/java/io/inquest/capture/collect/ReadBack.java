package io.inquest.capture.collect;

import io.inquest.capture.journal.ProgressLines;
import io.inquest.capture.storage.CrashPlace;
import io.inquest.capture.storage.PageCache;
import io.inquest.capture.storage.SavedFile;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.DelegatingSource;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.trailer.Damage;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads a dump back from the target: only what the disk gives is on the disk.
final class ReadBack {

    private final ProgressLines progress;
    private final PageCache pageCache;

    /// What was found.
    ///
    /// @param damage how it differs from what was written, one sentence
    record Check(SavedFile file, Proof proof, Optional<String> damage) {}

    ReadBack(ProgressLines progress, PageCache pageCache) {
        this.progress = progress;
        this.pageCache = pageCache;
    }

    /// Reads what is there, and nothing more.
    Optional<SavedFile> read(CrashPlace place) throws IOException {
        pageCache.drop();
        progress.begin("reading vmcore back");
        return place.readDumpBack(bytes -> progress.beat());
    }

    /// Reads all of it, and compares it with what is known of what was written.
    Check check(CrashPlace place, Way way, Made made) throws IOException {
        SavedFile file = read(place).orElseThrow(() -> new IOException("there is no dump where one was written"));
        if (made.sha256().isPresent()) {
            boolean same = file.sha256().equals(made.sha256().get());
            return new Check(
                    file,
                    Proof.WRITTEN_BYTES,
                    same ? Optional.empty() : Optional.of("what was read back is not what was written"));
        }
        return way instanceof Way.Filtered && place.unfinishedDump().isPresent()
                ? compare(place.unfinishedDump().get(), file)
                : new Check(file, Proof.NONE, Optional.empty());
    }

    private Check compare(Path path, SavedFile file) throws IOException {
        try (Dump dump = Dumps.open(beating(path), Warnings.NONE)) {
            if (dump.trailer().isPresent()) {
                List<Damage> damage = dump.trailer().get().verify();
                return new Check(
                        file, Proof.TRAILER, damage.stream().findFirst().map(Damage::sentence));
            }
        } catch (DumpException unreadable) {
            return new Check(file, Proof.PAGES, Optional.of(String.valueOf(unreadable.getMessage())));
        }
        Verification pages = Verifier.verify(List.of(path), progress::update);
        boolean readable = pages.verdict() == Verdict.WHOLE || pages.verdict() == Verdict.INCOMPLETE;
        return new Check(
                file,
                Proof.PAGES,
                readable
                        ? Optional.empty()
                        : pages.findings().stream().findFirst().map(Finding::reason));
    }

    private DelegatingSource beating(Path path) throws IOException {
        return new DelegatingSource(FileSource.open(path)) {
            @Override
            public int read(long offset, ByteBuffer target) throws IOException {
                progress.beat();
                return super.read(offset, target);
            }
        };
    }
}

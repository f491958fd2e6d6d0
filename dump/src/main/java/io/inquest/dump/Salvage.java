package io.inquest.dump;

import io.inquest.dump.elf.ElfSalvage;
import io.inquest.dump.flattened.StreamRepair;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.kdump.KdumpSalvage;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageLog;
import io.inquest.dump.salvage.SalvageReport;
import io.inquest.dump.trailer.Shift;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Saves what can be trusted of a damaged dump: repairs what the file itself tells how to repair, and writes a new dump
/// with every page that is there. Pages that are lost are lost in the new dump too, never replaced.
///
/// ```java
/// try (Salvage salvage = Salvage.open(files, evidence, false)) {
///     salvage.writeTo(sink, pages -> {});
///     salvage.report().lost();
/// }
/// ```
public final class Salvage implements Closeable {

    private static final int START_BYTES = 64;

    private final List<ByteSource> sources;
    private final SalvageLog log;
    private final Work work;
    private final String format;

    /// What the formats do.
    private interface Work {
        long promisedPages() throws IOException;

        void writeTo(ByteSink sink, LongConsumer progress) throws IOException;
    }

    private Salvage(List<ByteSource> sources, SalvageLog log, String format, Work work) {
        this.sources = sources;
        this.log = log;
        this.format = format;
        this.work = work;
    }

    /// Opens a damaged file, or the parts of a split set that are there.
    ///
    /// @param evidence decides where a table is damaged that says which page belongs to which frame
    /// @param keepsSuspect whether pages are kept of which a checksum says only that one of many is wrong
    public static Salvage open(List<Path> files, FrameEvidence evidence, boolean keepsSuspect) throws IOException {
        List<ByteSource> sources = new ArrayList<>();
        try {
            for (Path file : files) {
                sources.add(FileSource.open(file));
            }
            return of(sources, evidence, keepsSuspect);
        } catch (IOException | RuntimeException failure) {
            for (ByteSource source : sources) {
                source.close();
            }
            throw failure;
        }
    }

    /// The same for open files, which are closed with it; if this throws, the caller closes them.
    public static Salvage of(List<ByteSource> sources, FrameEvidence evidence, boolean keepsSuspect)
            throws IOException {
        SalvageLog log = new SalvageLog();
        List<ByteSource> inner = new ArrayList<>();
        for (ByteSource source : sources) {
            inner.add(unshifted(StreamRepair.looksLike(start(source)) ? StreamRepair.open(source, log) : source, log));
        }
        try {
            return of(sources, inner, evidence, keepsSuspect, log);
        } catch (EOFException cut) {
            throw new DumpException(inner.getFirst().name() + ": ends inside its headers, no page is there", cut);
        }
    }

    /// The source without what was inserted into it or is missing from it, if its own trailer tells that.
    private static ByteSource unshifted(ByteSource source, SalvageLog log) throws IOException {
        Optional<Shift> shift = Shift.of(source);
        if (shift.isEmpty()) {
            return source;
        }
        log.repaired(shift.get().repair());
        return shift.get().undone(KdumpSalvage.broken(shift.get()));
    }

    private static Salvage of(
            List<ByteSource> sources,
            List<ByteSource> inner,
            FrameEvidence evidence,
            boolean keepsSuspect,
            SalvageLog log)
            throws IOException {
        ByteBuffer start = start(inner.getFirst());
        boolean isKdump = KdumpSalvage.looksLike(start);
        boolean isElf = ElfSalvage.looksLike(start) || (!isKdump && ElfSalvage.hasProgramHeaders(inner.getFirst()));
        if (isKdump || (!isElf && KdumpSalvage.hasTables(inner.getFirst()))) {
            KdumpSalvage kdump = KdumpSalvage.open(inner, evidence, keepsSuspect, log);
            return new Salvage(sources, log, "kdump-compressed", new Work() {

                @Override
                public long promisedPages() throws IOException {
                    return kdump.promisedPages();
                }

                @Override
                public void writeTo(ByteSink sink, LongConsumer progress) throws IOException {
                    kdump.writeTo(sink, progress);
                }
            });
        }
        if (isElf && inner.size() == 1) {
            ElfSalvage elf = ElfSalvage.open(inner.getFirst(), keepsSuspect, log);
            return new Salvage(sources, log, "ELF", new Work() {

                @Override
                public long promisedPages() throws IOException {
                    return elf.promisedPages();
                }

                @Override
                public void writeTo(ByteSink sink, LongConsumer progress) throws IOException {
                    elf.writeTo(sink, progress);
                }
            });
        }
        throw new DumpException(inner.getFirst().name()
                + ": begins neither as a kdump-compressed dump nor as an ELF core nor as a flattened stream, not even"
                + " with a few wrong bits, and has neither page descriptors nor program headers; there is nothing to go"
                + " by");
    }

    private static ByteBuffer start(ByteSource source) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(START_BYTES);
        long at = 0;
        while (start.hasRemaining()) {
            int length = source.read(at, start);
            if (length <= 0) {
                break;
            }
            at += length;
        }
        return start.flip();
    }

    /// Pages that the dump promises, as far as that is known.
    public long promisedPages() throws IOException {
        return work.promisedPages();
    }

    /// Writes the new dump. `progress` hears of the number of pages done now and then. The caller closes the sink.
    ///
    /// @throws DumpException if no page can be saved; what was written is of no use then
    public void writeTo(ByteSink sink, LongConsumer progress) throws IOException {
        // Tables may say that there are more frames than any machine has: nothing is written for none of their pages.
        if (work.promisedPages() > 0) {
            work.writeTo(sink, progress);
        }
        if (log.keptPages() == 0) {
            List<String> reasons = new ArrayList<>(report().losses());
            if (report().lost() == 0) {
                reasons.addFirst("its tables promise none");
            }
            throw new DumpException(
                    sources.getFirst().name() + ": no page of it can be saved: " + String.join("; ", reasons));
        }
    }

    /// What was saved; asked for when the new dump is written.
    public SalvageReport report() {
        return log.report(format);
    }

    @Override
    public void close() throws IOException {
        for (ByteSource source : sources) {
            source.close();
        }
    }
}

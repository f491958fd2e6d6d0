package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.codec.Packing;
import io.inquest.dump.codec.PageHasher;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.kdump.KdumpLayout;
import io.inquest.dump.kdump.KdumpWriter;
import io.inquest.dump.kdump.SharedPages;
import io.inquest.dump.trailer.ClassMapWriter;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.makedumpfile.message.Progress.Step;
import io.inquest.makedumpfile.option.Options.EqualPages;
import io.inquest.makedumpfile.option.Options.PackedPart;
import io.inquest.makedumpfile.option.Options.PrivateNote;
import io.inquest.makedumpfile.pipeline.PageTreatment.ZeroPages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes a kdump-compressed file, or the files of a split set one after the other.
final class KdumpOutput {

    private static final int ZERO_LEVEL = 1;

    private final Run run;
    private final DumpInput input;
    private final DumpHeader header;
    private final FilterResult result;
    private final Optional<SharedPages> shared;
    private final Optional<PageHasher> hasher;
    private final List<KdumpWriter> writers = new ArrayList<>();
    private final List<ClassMapWriter> classMaps = new ArrayList<>();
    private final long startedAt;
    private long pagesDone;
    private long zeroPages;
    private long lostPages;

    KdumpOutput(Run run, DumpInput input, DumpHeader header, FilterResult result) {
        this.run = run;
        this.input = input;
        this.header = header;
        this.result = result;
        boolean shares = run.options().output().equalPages() == EqualPages.SHARE;
        this.shared = shares ? Optional.of(new SharedPages(run.memory().sharedBytes())) : Optional.empty();
        this.hasher = shares ? Optional.of(PageHasher.create()) : Optional.empty();
        this.startedAt = run.progress().now();
    }

    /// Writes one part of memory to each sink; one sink takes all of it and is no part.
    Written write(List<ByteSink> sinks, List<PfnRange> parts) throws IOException {
        try {
            for (int i = 0; i < sinks.size(); i++) {
                writers.add(begin(sinks.get(i), sinks.size() > 1 ? Optional.of(parts.get(i)) : Optional.empty()));
            }
            writeBitmaps();
            for (int i = 0; i < sinks.size(); i++) {
                writePages(writers.subList(i, writers.size()), sinks.get(i), parts.get(i));
            }
            run.progress().show(Step.COPY, 1, 1, startedAt);
            run.progress().end();
            run.progress().finished(Step.COPY, startedAt);
            for (KdumpWriter writer : writers) {
                end(writer);
            }
        } catch (IOException | RuntimeException failure) {
            markIncomplete(failure);
            throw failure;
        }
        long sharedPages = shared.isPresent() ? shared.get().pages() : 0;
        return new Written(zeroPages, sharedPages, lostPages, -1, -1, bytes(sinks));
    }

    /// What the input lost may be more than pages that it promises, so the new file says that it is not
    /// all, too.
    private void end(KdumpWriter writer) throws IOException {
        if (!input.dump().completeness().complete()) {
            writer.keepIncompleteMark();
        }
        writer.finish();
    }

    private KdumpWriter begin(ByteSink sink, Optional<PfnRange> part) throws IOException {
        PhysicalMemory memory = input.dump().memory();
        KdumpLayout layout = new KdumpLayout(
                input.dump().machine(), header.withPart(part), input.notes(), memory.endPfn(), result.selectedFrames());
        if (run.options().output().note() == PrivateNote.OMIT) {
            return KdumpWriter.create(sink, layout);
        }
        TrailerWriter trailer = new TrailerWriter();
        classMaps.add(trailer.classes());
        return KdumpWriter.create(sink, layout, trailer);
    }

    /// Where the classes of all frames take more memory than there is for them, each time that they are
    /// asked for costs reading all struct pages again: bitmap 1 does without them, the class map comes with
    /// bitmap 2.
    private void writeBitmaps() throws IOException {
        Selection selection = result.selection();
        FrameWindows windows = selection.windows();
        ClassRecord record = new ClassRecord(selection, input.dump().memory());
        for (long window = 0; window < windows.count(); window++) {
            windows.loadExisting(window);
            for (KdumpWriter writer : writers) {
                writer.writeExistingFrames(windows.existing());
            }
        }
        for (long window = 0; window < windows.count(); window++) {
            selection.load(window);
            for (KdumpWriter writer : writers) {
                writer.writeStoredFrames(selection.selected());
            }
            for (ClassMapWriter map : classMaps) {
                record.addWindow(map);
            }
        }
    }

    /// @param left the writer to `sink` and those that follow it
    private void writePages(List<KdumpWriter> left, ByteSink sink, PfnRange range) throws IOException {
        KdumpWriter writer = left.getFirst();
        Packing packing = run.options().output().packing();
        ZeroPages zeroPages = (header.dumpLevel().orElse(0) & ZERO_LEVEL) != 0 ? ZeroPages.LEAVE_OUT : ZeroPages.COPY;
        if (shared.isPresent()) {
            shared.get().clear();
            writer.share(shared.get());
        }
        PageTreatment treatment = new PageTreatment(packing, zeroPages, hasher);
        PageFlow flow = new PageFlow(input.dump().memory(), treatment, run.threads(), adaptive(sink, left));
        flow.run(result.selection(), range, batch -> append(writer, batch));
    }

    /// What decides which pages are packed; null if all are: also where they would have no room as they are.
    private @Nullable AdaptivePacking adaptive(ByteSink sink, List<KdumpWriter> left) {
        boolean wanted = run.options().output().packedPart() == PackedPart.AS_TIME_ALLOWS;
        if (!wanted || !TargetRoom.isForPagesAsTheyAre(sink, left)) {
            return null;
        }
        return new AdaptivePacking(run.threads(), sink::backlog, new ProcessorTime()::wantedNanos);
    }

    private void append(KdumpWriter writer, PageBatch batch) throws IOException {
        run.checkStopped();
        writer.append(batch.packed());
        pagesDone += batch.count();
        zeroPages += batch.zeroPages();
        lostPages += batch.lostPages();
        if (pagesDone < result.selectedFrames()) {
            run.progress().show(Step.COPY, pagesDone, result.selectedFrames(), startedAt);
        }
    }

    private void markIncomplete(Exception failure) {
        for (KdumpWriter writer : writers) {
            try {
                writer.markIncomplete();
            } catch (IOException | RuntimeException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
        }
    }

    static long bytes(List<ByteSink> sinks) {
        long bytes = 0;
        for (ByteSink sink : sinks) {
            bytes += sink.writtenBytes();
        }
        return bytes;
    }
}

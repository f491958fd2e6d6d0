package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.elf.ElfLayout;
import io.inquest.dump.elf.ElfSegment;
import io.inquest.dump.elf.ElfWriter;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.makedumpfile.message.Progress.Step;
import io.inquest.makedumpfile.option.Options.PrivateNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Writes an ELF core.
final class ElfOutput {

    private final Run run;
    private final DumpInput input;
    private final FilterResult result;
    private long pagesDone;

    ElfOutput(Run run, DumpInput input, FilterResult result) {
        this.run = run;
        this.input = input;
        this.result = result;
    }

    Written write(ByteSink sink) throws IOException {
        Machine machine = input.dump().machine();
        PhysicalMemory memory = input.dump().memory();
        NoteArea notes = notes();
        Optional<ByteSource> core = input.elfSource();
        ElfLayout layout =
                core.isPresent() ? ElfLayout.like(core.get(), machine, notes) : ElfLayout.of(input.dump(), notes);
        long frames = frames(layout, machine.pageShift());
        ElfWriter writer = begin(sink, layout);
        long startedAt = run.progress().now();
        try {
            writer.copy(memory, pages -> {
                pagesDone = pages;
                checkStopped();
                run.progress().show(Step.COPY, pages, Math.max(frames, pages + 1), startedAt);
            });
            run.progress().show(Step.COPY, 1, 1, startedAt);
            run.progress().end();
            run.progress().finished(Step.COPY, startedAt);
            end(writer);
        } catch (StoppedException stopped) {
            markIncomplete(writer, stopped);
            throw stopped.failure;
        } catch (IOException | RuntimeException failure) {
            markIncomplete(writer, failure);
            throw failure;
        }
        return new Written(0, 0, writer.lostPages(), frames, pagesDone, sink.writtenBytes());
    }

    private NoteArea notes() {
        Optional<String> erased = input.eraseInfo();
        if (erased.isEmpty()) {
            return input.notes();
        }
        byte[] text = erased.get().getBytes(StandardCharsets.ISO_8859_1);
        return input.notes().plus(new Note(DumpInput.ERASE_NOTE, 0, ByteBuffer.wrap(text)));
    }

    private ElfWriter begin(ByteSink sink, ElfLayout layout) throws IOException {
        if (run.options().output().note() == PrivateNote.OMIT) {
            return ElfWriter.create(sink, layout, result.selection());
        }
        TrailerWriter trailer = new TrailerWriter();
        new ClassRecord(result.selection(), input.dump().memory()).writeTo(trailer.classes());
        return ElfWriter.create(sink, layout, result.selection(), trailer);
    }

    /// What the input lost is zeros in an ELF file, so the file has to say that it cannot be relied on.
    private void end(ElfWriter writer) throws IOException {
        if (!input.dump().completeness().complete()) {
            writer.keepIncompleteMark();
        }
        writer.finish();
    }

    private static long frames(ElfLayout layout, int pageShift) {
        long frames = 0;
        for (ElfSegment segment : layout.segments()) {
            if (segment.memory().hasPhysicalAddress()) {
                frames += Math.ceilDiv(segment.memory().memoryBytes(), 1L << pageShift);
            }
        }
        return frames;
    }

    private void checkStopped() {
        try {
            run.checkStopped();
        } catch (CommandFailure failure) {
            throw new StoppedException(failure);
        }
    }

    private static void markIncomplete(ElfWriter writer, Exception failure) {
        try {
            writer.markIncomplete();
        } catch (IOException | RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /// Carries the wish to stop through the writer.
    private static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final CommandFailure failure;

        StoppedException(CommandFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }
}

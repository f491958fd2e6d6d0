package io.inquest.capture.collect;

import io.inquest.capture.journal.ProgressLines;
import io.inquest.capture.program.ProgramEnd;
import io.inquest.capture.program.Programs;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.Sha256;
import io.inquest.dump.io.OwnerFile;
import io.inquest.makedumpfile.DumpMaking;
import io.inquest.makedumpfile.MadeDump;
import io.inquest.makedumpfile.MadeDump.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes dumps of the memory that a file shows: `/proc/vmcore`, or any dump.
public final class MemoryDumpMaker implements DumpMaker {

    /// Of most machines; it only scales what is told of the progress.
    private static final int PAGE_SHIFT = 12;

    private final String vmcore;
    private final Programs programs;
    private final ProgressLines progress;
    private final Consumer<String> warnings;

    public MemoryDumpMaker(String vmcore, Programs programs, ProgressLines progress, Consumer<String> warnings) {
        this.vmcore = vmcore;
        this.programs = programs;
        this.progress = progress;
        this.warnings = warnings;
    }

    @Override
    public Made make(Way way, DumpOutput output) {
        progress.begin("saving vmcore");
        return switch (way) {
            case Way.Filtered(var options) -> filter(options, output);
            case Way.ByProgram(var words) -> run(words, output);
            case Way.Copied _ -> MemoryCopy.copy(vmcore, output, progress);
        };
    }

    private Made filter(List<String> options, DumpOutput output) {
        Listener listener = new Listener();
        return switch (output) {
            case DumpOutput.ToFile(var path) ->
                new Made(DumpMaking.toFile(options, vmcore, path.toString(), listener), Optional.empty());
            case DumpOutput.ToStream(var stream) -> {
                DigestOutputStream out = new DigestOutputStream(stream, Sha256.begin());
                MadeDump dump = DumpMaking.toStream(options, vmcore, out, listener);
                yield new Made(dump, Optional.of(Sha256.end(out.getMessageDigest())));
            }
        };
    }

    private Made run(List<String> words, DumpOutput output) {
        List<String> command = new ArrayList<>(words);
        command.add(vmcore);
        return switch (output) {
            case DumpOutput.ToFile(var path) -> {
                command.add(path.toString());
                yield new Made(ended(words, toFile(command, path)), Optional.empty());
            }
            case DumpOutput.ToStream(var stream) -> {
                DigestOutputStream out = new DigestOutputStream(stream, Sha256.begin());
                MadeDump dump = ended(words, programs.pipe(command, out));
                yield new Made(dump, Optional.of(Sha256.end(out.getMessageDigest())));
            }
        };
    }

    private static MadeDump ended(List<String> words, ProgramEnd end) {
        return end.succeeded()
                ? Made.of(Ending.COMPLETE, "").dump()
                : Made.of(Ending.FAILED, words.getFirst() + " " + end.describe())
                        .dump();
    }

    /// The file is there before the program, which so cannot make it readable for others.
    private ProgramEnd toFile(List<String> command, Path path) {
        try {
            OwnerFile.create(path).close();
            long total = Files.size(Path.of(vmcore));
            return programs.run(command, () -> progress.grown(sizeOf(path), total));
        } catch (IOException failure) {
            return new ProgramEnd.Broken(String.valueOf(failure.getMessage()));
        }
    }

    private static long sizeOf(Path path) {
        try {
            return Files.size(path);
        } catch (IOException gone) {
            return 0;
        }
    }

    private final class Listener implements DumpMaking.Listener {

        @Override
        public void preparing() {
            progress.beat();
        }

        @Override
        public void copied(long doneFrames, long totalFrames) {
            progress.update(doneFrames << PAGE_SHIFT, totalFrames << PAGE_SHIFT);
        }

        @Override
        public void retry(int level) {
            warnings.accept("there is no room for this dump level; trying level " + level);
            progress.begin("saving vmcore");
        }

        @Override
        public void warning(String sentence) {
            warnings.accept("warning: " + sentence);
        }
    }
}

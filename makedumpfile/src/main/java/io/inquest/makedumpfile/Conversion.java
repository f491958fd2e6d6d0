package io.inquest.makedumpfile;

import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.Packing;
import io.inquest.makedumpfile.option.DumpLevels;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Task;
import io.inquest.makedumpfile.pipeline.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Writes a dump in another form: what makedumpfile does, with any form of input and nothing filtered out.
///
/// @param inputs one dump, or the parts of a split one in any order
/// @param output the file to write
/// @param form what to write
/// @param compression of the pages, unless an ELF core is written
/// @param replaces whether an output that is there is replaced
public record Conversion(List<String> inputs, String output, Form form, Compression compression, Replacement replaces) {

    private static final int NO_MESSAGES = 0;
    private static final long SPLIT_BLOCK_BYTES = 1L << 30;

    /// The forms that can be written.
    public enum Form {
        KDUMP,
        ELF,
        FLATTENED_KDUMP,
        FLATTENED_ELF;

        public boolean isElf() {
            return this == ELF || this == FLATTENED_ELF;
        }

        private boolean isFlattened() {
            return this == FLATTENED_KDUMP || this == FLATTENED_ELF;
        }
    }

    /// What happens to an output that is there.
    public enum Replacement {
        REFUSE,
        REPLACE
    }

    /// Hears how much of the memory was copied.
    @FunctionalInterface
    public interface Watcher {
        void copied(long doneBytes, long totalBytes);
    }

    public Conversion {
        inputs = List.copyOf(inputs);
    }

    /// Does the work. An exception says why there is no output, or why it is incomplete; it is marked so, then.
    public void run(Warnings warnings) throws IOException {
        run(warnings, (done, total) -> {});
    }

    /// As the other one; `watcher` is told often, by the thread that calls.
    public void run(Warnings warnings, Watcher watcher) throws IOException {
        Work.convert(options(), warnings, watcher);
    }

    private Options options() {
        List<String> operands = new ArrayList<>(inputs);
        operands.add(output);
        return new Options(
                Task.CONVERT,
                operands,
                new Options.Filter(
                        new DumpLevels(List.of(DumpLevels.NOTHING)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Options.UnfollowedRules.REFUSE,
                        Options.StructPages.KEEP,
                        Options.CounterCheck.SKIP,
                        Options.CounterReport.IF_WRONG,
                        Options.UserPages.EXCLUDE,
                        List.of()),
                new Options.Output(
                        form.isElf() ? Options.Format.ELF : Options.Format.KDUMP,
                        Packing.of(compression),
                        form.isFlattened() ? Options.Transport.FLATTENED_FILE : Options.Transport.FILE,
                        replaces == Replacement.REPLACE ? Options.Overwriting.ALLOW : Options.Overwriting.REFUSE,
                        OptionalLong.empty(),
                        SPLIT_BLOCK_BYTES,
                        Options.PrivateNote.WRITE,
                        Options.EqualPages.STORE_EACH,
                        Options.PackedPart.ALL),
                new Options.Resources(OptionalInt.empty(), OptionalLong.empty(), Options.MemoryUse.AS_FITS),
                new Options.Reporting(NO_MESSAGES, false, false, OptionalLong.empty(), Options.LogRange.WHOLE));
    }
}

package io.inquest.makedumpfile.option;

import io.inquest.dump.codec.Packing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A command line of makedumpfile(8) that was understood and found to make sense.
///
/// @param operands the file names, as many as the task takes
public record Options(
        Task task, List<String> operands, Filter filter, Output output, Resources resources, Reporting reporting) {

    /// The files that are written, as the user named them; none if the result goes to standard output or
    /// nowhere.
    public List<String> outputs() {
        int count = operands.size();
        return switch (task) {
            case REARRANGE, REASSEMBLE, GENERATE, CONVERT -> operands.subList(count - 1, count);
            case SAVE_LOG, CREATE -> operands.subList(1, count);
            case SHOW_USAGE, SHOW_VERSION, MEASURE, ESTIMATE, PLAN_MEMORY, NOTHING -> List.of();
        };
    }

    /// The files that are read, as the user named them; `-R` reads standard input.
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>();
        switch (task) {
            case REASSEMBLE, GENERATE, CONVERT -> inputs.addAll(operands.subList(0, operands.size() - 1));
            case SAVE_LOG, CREATE, MEASURE, ESTIMATE -> inputs.add(operands.getFirst());
            case REARRANGE, SHOW_USAGE, SHOW_VERSION, PLAN_MEMORY, NOTHING -> {}
        }
        filter.vmcoreinfoFile().ifPresent(inputs::add);
        filter.vmlinuxFile().ifPresent(inputs::add);
        filter.eraseConfig().ifPresent(inputs::add);
        return inputs;
    }

    /// What is left out.
    ///
    /// @param vmcoreinfoFile `-i`: read what the kernel says of itself from this file first
    /// @param vmlinuxFile `-x`: take what the kernel does not say of itself from this vmlinux
    /// @param eraseConfig `--config`: rules that say what is erased
    /// @param unfollowedRules what rules that this kernel cannot follow lead to
    /// @param structPages `-e`: whether struct pages of frames that are left out stay
    /// @param check what a disagreement with the kernel's own page counters leads to
    /// @param counters when all of the kernel's counters are compared
    /// @param userPages whether user pages that the kernel's own state points at may stay at level 8
    /// @param keptTasks `--keep-task`: thread numbers or names of tasks whose memory stays
    public record Filter(
            DumpLevels levels,
            Optional<String> vmcoreinfoFile,
            Optional<String> vmlinuxFile,
            Optional<String> eraseConfig,
            UnfollowedRules unfollowedRules,
            StructPages structPages,
            CounterCheck check,
            CounterReport counters,
            UserPages userPages,
            List<String> keptTasks) {}

    /// What is written.
    ///
    /// @param packing `-c`, `-l`, `-p` or `-z`, and how hard it tries
    /// @param limitBytes `-L`: the largest size of one file
    /// @param splitBlockBytes `--splitblock-size`: physical memory that stays in one part of a split set
    /// @param note whether our note and trailer are added
    /// @param equalPages how often pages that are the same are stored
    /// @param packedPart which pages are packed
    public record Output(
            Format format,
            Packing packing,
            Transport transport,
            Overwriting overwriting,
            OptionalLong limitBytes,
            long splitBlockBytes,
            PrivateNote note,
            EqualPages equalPages,
            PackedPart packedPart) {}

    /// What may be used for the work.
    ///
    /// @param threads `--num-threads`; 0 is one thread, empty is as many as there are processors
    /// @param bitmapBytes `--cyclic-buffer`: memory for one bitmap
    /// @param memory how much memory the work takes
    public record Resources(OptionalInt threads, OptionalLong bitmapBytes, MemoryUse memory) {}

    /// What is told, and where.
    ///
    /// @param messageLevel sum of the bits of [io.inquest.makedumpfile.message.MessageKind]
    /// @param stdoutTaken messages for standard output go to standard error, since data goes there
    /// @param events `--json`: events and statistics as JSON instead of text
    /// @param translate `--vtop`: show where this virtual address lives
    /// @param logRange `--partial-dmesg`
    public record Reporting(
            int messageLevel, boolean stdoutTaken, boolean events, OptionalLong translate, LogRange logRange) {}

    public enum Format {
        KDUMP,
        ELF
    }

    /// Where the bytes go.
    public enum Transport {
        FILE,
        /// `--split`: one file for each part.
        SPLIT,
        /// `-F`: as a stream of records to standard output.
        FLATTENED,
        /// The same stream into a file.
        FLATTENED_FILE,
        /// `--dry-run`: nowhere, but counted.
        NOWHERE
    }

    public enum Overwriting {
        REFUSE,
        /// `-f`
        ALLOW
    }

    public enum PrivateNote {
        WRITE,
        /// `--plain`
        OMIT
    }

    public enum MemoryUse {
        /// Low in a capture kernel and on a machine as small as one, else usual.
        AS_FITS,
        /// `--low-memory`
        LOW
    }

    public enum EqualPages {
        STORE_EACH,
        /// `--dedup`: once; their descriptors lead to the same place.
        SHARE
    }

    public enum PackedPart {
        ALL,
        /// `--adaptive`: as many as do not hold up the target.
        AS_TIME_ALLOWS
    }

    /// What a disagreement between the filter and the kernel's own counters leads to.
    public enum CounterCheck {
        /// The class stays in the dump, a warning says so.
        KEEP_CLASS,
        /// `--strict-check`: as above, and the exit code tells.
        FAIL,
        /// `--no-check`: nobody looks.
        SKIP
    }

    /// When what struct pages say is compared with all of the kernel's counters, which takes its types.
    public enum CounterReport {
        /// Where the count of free pages disagrees.
        IF_WRONG,
        /// `--check-counters`
        ALWAYS
    }

    /// What rules of `--config` that cannot be followed lead to.
    public enum UnfollowedRules {
        /// No dump, and an exit code of its own.
        REFUSE,
        /// `--skip-bad-rules`: they are told, as by makedumpfile.
        SKIP
    }

    public enum StructPages {
        KEEP,
        /// `-e`
        EXCLUDE_UNNEEDED
    }

    public enum UserPages {
        EXCLUDE,
        /// `--keep-referenced`
        KEEP_REFERENCED
    }

    public enum LogRange {
        WHOLE,
        /// `--partial-dmesg`: since the log was last cleared.
        SINCE_CLEARED
    }
}

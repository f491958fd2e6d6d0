package io.inquest.makedumpfile;

import io.inquest.makedumpfile.message.Events;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.message.Progress;
import io.inquest.makedumpfile.message.Report;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Refusal.RefusedException;
import io.inquest.makedumpfile.pipeline.Outcome;
import io.inquest.makedumpfile.pipeline.Work;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes a dump as `makedumpfile OPTIONS VMCORE DUMPFILE` does, for a program that wants to know how it went rather
/// than
/// to read it.
public final class DumpMaking {

    /// Nothing is written for people.
    private static final List<String> SILENT = List.of("--message-level", "0");

    /// Hears how the work goes on, from the thread that asked for it.
    public interface Listener {

        /// The work goes on, and nothing of the memory is copied yet.
        void preparing();

        /// How many frames of the memory are dealt with, at most once a second and at the end.
        void copied(long doneFrames, long totalFrames);

        /// A dump level did not fit; this one is tried next.
        void retry(int level);

        /// A warning.
        void warning(String sentence);
    }

    private DumpMaking() {}

    /// Writes to a file, which must not be there yet.
    ///
    /// @param options as makedumpfile(8) takes them, without its operands
    public static MadeDump toFile(List<String> options, String vmcore, String file, Listener listener) {
        return make(words(options, List.of(vmcore, file)), OutputStream.nullOutputStream(), listener);
    }

    /// Writes a flattened stream, which `makedumpfile -R` makes a file of.
    ///
    /// @param options as makedumpfile(8) takes them, without `-F` and its operands
    public static MadeDump toStream(List<String> options, String vmcore, OutputStream out, Listener listener) {
        List<String> flattened = new ArrayList<>(options);
        flattened.add("-F");
        return make(words(flattened, List.of(vmcore)), out, listener);
    }

    private static String[] words(List<String> options, List<String> operands) {
        List<String> words = new ArrayList<>(options);
        words.addAll(SILENT);
        words.addAll(operands);
        return words.toArray(new String[0]);
    }

    private static MadeDump make(String[] words, OutputStream out, Listener listener) {
        Options options;
        try {
            options = CommandLine.parse(words);
        } catch (RefusedException refused) {
            return nothing(
                    MadeDump.Ending.FAILED, "makedumpfile does not take its options: " + String.join(" ", words));
        }
        Heard heard = new Heard(listener);
        Messages messages = new Messages(out, OutputStream.nullOutputStream(), 0, true, heard);
        Outcome outcome = Work.run(options, InputStream.nullInputStream(), out, messages);
        return heard.ending(outcome);
    }

    private static MadeDump nothing(MadeDump.Ending ending, String reason) {
        return new MadeDump(ending, reason, OptionalInt.empty(), Optional.empty());
    }

    /// What a run tells, gathered for its result.
    private static final class Heard implements Events {

        private final Listener listener;
        private Optional<MadeDump.PageCounts> pages = Optional.empty();
        private OptionalInt level = OptionalInt.empty();
        private String reason = "";
        private boolean full;

        Heard(Listener listener) {
            this.listener = listener;
        }

        MadeDump ending(Outcome outcome) {
            if (outcome == Outcome.COMPLETED) {
                return new MadeDump(MadeDump.Ending.COMPLETE, "", level, pages);
            }
            if (outcome == Outcome.ANALYSIS_ERROR) {
                return new MadeDump(MadeDump.Ending.LARGER, "", level, pages);
            }
            if (outcome == Outcome.NOT_ERASED) {
                return nothing(MadeDump.Ending.NOT_ERASED, reason);
            }
            if (full) {
                return nothing(MadeDump.Ending.FULL, reason);
            }
            return pages.isPresent()
                    ? new MadeDump(MadeDump.Ending.LACKING, reason, level, pages)
                    : nothing(MadeDump.Ending.FAILED, reason);
        }

        @Override
        public void progress(Progress.Step step, long done, long total) {
            if (step == Progress.Step.COPY) {
                listener.copied(done, total);
            } else {
                listener.preparing();
            }
        }

        @Override
        public void retry(int nextLevel) {
            listener.retry(nextLevel);
        }

        @Override
        public void warning(String text) {
            listener.warning(text);
        }

        @Override
        public void saved(List<String> files, int usedLevel, Report report) {
            level = OptionalInt.of(usedLevel);
            pages = Optional.of(new MadeDump.PageCounts(
                    report.existing(),
                    report.remaining(),
                    report.zero(),
                    report.cache(),
                    report.privateCache(),
                    report.user(),
                    report.free(),
                    report.hwpoison(),
                    report.offline(),
                    report.writtenBytes()));
        }

        @Override
        public void full() {
            full = true;
        }

        @Override
        public synchronized void reason(String sentence) {
            if (reason.isEmpty()) {
                reason = sentence;
            }
        }
    }
}

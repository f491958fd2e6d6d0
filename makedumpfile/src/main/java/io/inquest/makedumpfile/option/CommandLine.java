package io.inquest.makedumpfile.option;

import io.inquest.makedumpfile.option.Refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the command line of makedumpfile(8).
///
/// Options take effect in the order given, so the first mistake is the one that is told, at the message level and
/// on the stream that the options before it asked for.
public final class CommandLine {

    private final Settings settings = new Settings();

    private CommandLine() {}

    public static Options parse(String[] words) throws RefusedException {
        return new CommandLine().read(words);
    }

    private Options read(String[] words) throws RefusedException {
        Getopt.Parsed<Switch> parsed = Getopt.parse(Switch.syntax(), words, Getopt.Ordering.ofEnvironment());
        for (Getopt.Given<Switch> option : parsed.options()) {
            try {
                settings.take(option);
            } catch (ParameterException wrong) {
                throw refused("", List.of(String.valueOf(wrong.getMessage())), false);
            }
        }
        if (parsed.mistake() != null) {
            throw refused("makedumpfile: " + parsed.mistake(), List.of(), true);
        }
        Task task = task();
        if (task != Task.SHOW_USAGE && task != Task.SHOW_VERSION) {
            check(parsed.operands());
        }
        return options(task, task == Task.GENERATE ? generated(parsed.operands()) : parsed.operands());
    }

    private List<String> generated(List<String> operands) {
        List<String> all = new ArrayList<>(operands);
        all.add(settings.argument(Switch.GENERATE));
        return all;
    }

    private void check(List<String> operands) throws RefusedException {
        Combinations combinations = new Combinations(settings, operands);
        Optional<String> mistake = combinations.mistake();
        if (mistake.isPresent()) {
            throw refused("", mistake.get().isEmpty() ? List.of() : List.of(mistake.get()), true);
        }
        Optional<String> missing = Missing.feature(settings);
        if (missing.isPresent()) {
            throw refused("", List.of(missing.get()), false);
        }
    }

    private RefusedException refused(String getoptLine, List<String> lines, boolean hint) {
        boolean closing = !settings.has(Switch.CHECK_PARAMS);
        return new RefusedException(
                new Refusal(getoptLine, lines, hint, closing, settings.messageLevel(), settings.has(Switch.FLATTENED)));
    }

    private Task task() {
        if (settings.has(Switch.HELP)) {
            return Task.SHOW_USAGE;
        }
        if (settings.has(Switch.VERSION)) {
            return Task.SHOW_VERSION;
        }
        if (settings.has(Switch.CHECK_PARAMS)) {
            return Task.NOTHING;
        }
        if (settings.has(Switch.GENERATE)) {
            return Task.GENERATE;
        }
        if (settings.has(Switch.REARRANGE)) {
            return Task.REARRANGE;
        }
        if (settings.has(Switch.REASSEMBLE)) {
            return Task.REASSEMBLE;
        }
        if (settings.has(Switch.DUMP_DMESG)) {
            return Task.SAVE_LOG;
        }
        if (settings.has(Switch.ESTIMATE)) {
            return Task.ESTIMATE;
        }
        if (settings.has(Switch.MEMORY_PLAN)) {
            return Task.PLAN_MEMORY;
        }
        return settings.has(Switch.MEM_USAGE) ? Task.MEASURE : Task.CREATE;
    }

    private Options options(Task task, List<String> operands) {
        return new Options(
                task,
                operands,
                filter(),
                output(),
                new Options.Resources(
                        settings.threads(),
                        settings.bitmapBytes(),
                        settings.has(Switch.LOW_MEMORY) ? Options.MemoryUse.LOW : Options.MemoryUse.AS_FITS),
                reporting());
    }

    private Options.Filter filter() {
        Options.CounterCheck check = settings.has(Switch.NO_CHECK)
                ? Options.CounterCheck.SKIP
                : settings.has(Switch.STRICT_CHECK) ? Options.CounterCheck.FAIL : Options.CounterCheck.KEEP_CLASS;
        return new Options.Filter(
                settings.levels(),
                argument(Switch.VMCOREINFO),
                argument(Switch.VMLINUX),
                argument(Switch.CONFIG),
                settings.has(Switch.SKIP_BAD_RULES) ? Options.UnfollowedRules.SKIP : Options.UnfollowedRules.REFUSE,
                settings.has(Switch.EXCLUDE_VMEMMAP) ? Options.StructPages.EXCLUDE_UNNEEDED : Options.StructPages.KEEP,
                check,
                settings.has(Switch.CHECK_COUNTERS) ? Options.CounterReport.ALWAYS : Options.CounterReport.IF_WRONG,
                settings.has(Switch.KEEP_REFERENCED) ? Options.UserPages.KEEP_REFERENCED : Options.UserPages.EXCLUDE,
                settings.keptTasks());
    }

    private Optional<String> argument(Switch option) {
        return settings.has(option) ? Optional.of(settings.argument(option)) : Optional.empty();
    }

    private Options.Output output() {
        return new Options.Output(
                settings.has(Switch.ELF) ? Options.Format.ELF : Options.Format.KDUMP,
                settings.packing(),
                transport(),
                settings.has(Switch.FORCE) ? Options.Overwriting.ALLOW : Options.Overwriting.REFUSE,
                settings.limitBytes(),
                settings.splitBlockBytes(),
                settings.has(Switch.PLAIN) ? Options.PrivateNote.OMIT : Options.PrivateNote.WRITE,
                settings.has(Switch.DEDUP) ? Options.EqualPages.SHARE : Options.EqualPages.STORE_EACH,
                settings.has(Switch.ADAPTIVE) ? Options.PackedPart.AS_TIME_ALLOWS : Options.PackedPart.ALL);
    }

    private Options.Transport transport() {
        if (settings.has(Switch.DRY_RUN)) {
            return Options.Transport.NOWHERE;
        }
        if (settings.has(Switch.FLATTENED)) {
            return Options.Transport.FLATTENED;
        }
        return settings.has(Switch.SPLIT) ? Options.Transport.SPLIT : Options.Transport.FILE;
    }

    private Options.Reporting reporting() {
        return new Options.Reporting(
                settings.messageLevel(),
                settings.has(Switch.FLATTENED),
                settings.has(Switch.JSON),
                settings.translate(),
                settings.has(Switch.PARTIAL_DMESG) ? Options.LogRange.SINCE_CLEARED : Options.LogRange.WHOLE);
    }
}

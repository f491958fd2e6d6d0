package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpException;
import io.inquest.dump.codec.Packing;
import io.inquest.dump.io.NoSpaceException;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageClass;
import io.inquest.makedumpfile.Conversion;
import io.inquest.makedumpfile.erase.EraseConfig;
import io.inquest.makedumpfile.erase.Eraser;
import io.inquest.makedumpfile.erase.Erasures;
import io.inquest.makedumpfile.message.Endings;
import io.inquest.makedumpfile.message.MessageKind;
import io.inquest.makedumpfile.message.Progress.Step;
import io.inquest.makedumpfile.message.Report;
import io.inquest.makedumpfile.option.DumpLevels;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Options.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes a dump of a dump: what the command is for.
///
/// The levels given are tried in turn while there is no space for the result. A stream cannot be taken
/// back: with a size limit each level is first tried without sending anything; without one only the first
/// level is used.
final class Creation {

    /// What messages call standard output.
    static final String STDOUT = "STDOUT";

    private final Run run;
    private final Options options;

    Creation(Run run) {
        this.run = run;
        this.options = run.options();
    }

    Outcome create() throws IOException {
        try (DumpInput input = DumpInput.open(options.operands().get(0), run.messages())) {
            return create(input);
        }
    }

    /// Makes it of an opened VMCORE.
    Outcome create(DumpInput input) throws IOException {
        InputChecks.check(input, options);
        Optional<Kernel> kernel = openKernel(input);
        int[] levels = InputChecks.levels(input, options, kernel.isPresent(), run.messages());
        tellOtherLevel(options.output().packing());
        new DebugText(run.messages()).tellInput(input, kernel);
        Translation.show(kernel, options.reporting().translate(), run.messages());
        return write(erased(noted(input, kernel), kernel), kernel, levels, files());
    }

    private void tellOtherLevel(Packing packing) {
        OptionalInt used = packing.insteadOfLevel();
        if (used.isPresent()) {
            run.messages()
                    .warn("without the native codecs " + packing.compression().label() + " packs at level "
                            + used.getAsInt() + ", not " + packing.level().getAsInt());
        }
    }

    /// The input with what its vmlinux told of its kernel, if it tells nothing itself.
    private DumpInput noted(DumpInput input, Optional<Kernel> kernel) {
        boolean restored = options.filter().vmlinuxFile().isPresent()
                && kernel.isPresent()
                && input.dump().vmcoreinfo().isEmpty();
        return restored ? input.noted(kernel.get().vmcoreInfo().text()) : input;
    }

    /// The input without what `--config` names.
    ///
    /// What could not be erased must not leave the machine unseen: there is no dump then, unless the user
    /// wants it.
    private DumpInput erased(DumpInput input, Optional<Kernel> kernel) throws IOException {
        Optional<String> file = options.filter().eraseConfig();
        if (file.isEmpty()) {
            return input;
        }
        Kernel known = kernel.orElseThrow(() -> MissingVmcoreinfo.of(input.path()));
        List<String> unfollowed = new ArrayList<>();
        EraseConfig config = EraseConfig.parse(EraseConfigFile.read(file.get()), unfollowed::add);
        Erasures erasures = Eraser.find(config, known, unfollowed::add, run.messages());
        unfollowed.forEach(each -> run.messages().error(each + "\n"));
        if (!unfollowed.isEmpty() && options.filter().unfollowedRules() == Options.UnfollowedRules.REFUSE) {
            throw new CommandFailure(
                    "makedumpfile: nothing is written, since not all can be erased that " + file.get()
                            + " names; correct the rules, or give --skip-bad-rules for a dump that may still hold it",
                    Outcome.NOT_ERASED);
        }
        return input.without(erasures);
    }

    /// Writes what the operands but the last hold in another form: one file, or all parts of a split dump.
    /// Nothing is left out that they hold, but broken memory.
    void convert(Conversion.Watcher watcher) throws IOException {
        List<String> files = options.outputs();
        List<String> inputs = options.operands().subList(0, options.operands().size() - 1);
        try (DumpInput input = DumpInput.openAll(inputs, run.messages())) {
            int shift = input.dump().machine().pageShift();
            run.progress().observe((step, pages, total) -> {
                if (step == Step.COPY) {
                    watcher.copied(pages << shift, total << shift);
                }
            });
            Optional<Kernel> kernel = openKernelIfKnown(input);
            Written written = new Attempt(run, input, kernel, files)
                    .write(DumpLevels.NOTHING, 0)
                    .written();
            if (written.lostPages() > 0) {
                throw new DumpException(files.getFirst() + ": " + written.lostPages()
                        + " pages could not be read; it is marked as incomplete"
                        + input.cut().map(cut -> "; " + cut).orElse(""));
            }
            if (!input.dump().completeness().complete()) {
                throw new DumpException(files.getFirst() + ": is marked as incomplete, as " + input.path() + " is");
            }
        }
    }

    private Outcome write(DumpInput input, Optional<Kernel> kernel, int[] levels, List<String> files)
            throws IOException {
        return attemptEach(levels, new Attempt(run, input, kernel, files), input, files);
    }

    /// The kernel, if it is known. What the input lacks is told before.
    private Optional<Kernel> openKernel(DumpInput input) throws IOException {
        for (String remark : input.dump().completeness().remarks()) {
            run.messages().warn(input.path() + ": " + remark);
        }
        return KernelAccess.open(input.dump(), options.filter(), run.messages());
    }

    /// A dump can be converted although nothing can be made of its kernel.
    private Optional<Kernel> openKernelIfKnown(DumpInput input) throws IOException {
        try {
            return openKernel(input);
        } catch (DumpException notUnderstood) {
            run.messages().warn(String.valueOf(notUnderstood.getMessage()));
            return Optional.empty();
        }
    }

    /// Whether the input was whole; else what was made of it is not, and the user has to know.
    private boolean tellWhole(DumpInput input) {
        boolean whole = input.dump().completeness().complete();
        if (!whole) {
            run.messages()
                    .failure("makedumpfile: " + input.path()
                            + " is incomplete, so the dump is, too, and is marked as incomplete\n");
        }
        return whole;
    }

    private List<String> files() {
        return options.outputs().isEmpty() ? List.of(STDOUT) : options.outputs();
    }

    private Outcome attemptEach(int[] levels, Attempt attempt, DumpInput input, List<String> files) throws IOException {
        boolean stream = options.output().transport() == Transport.FLATTENED;
        for (int i = 0; ; i++) {
            boolean last = i == levels.length - 1;
            try {
                if (stream && !last && options.output().limitBytes().isPresent()) {
                    attempt.rehearse(levels[i]);
                }
                return finish(attempt.write(levels[i], i), input, files);
            } catch (NoSpaceException full) {
                run.messages()
                        .common("\nCan't write the dump file(" + nameOf(full, files) + "). " + reason(full) + "\n");
                boolean sent = stream && options.output().limitBytes().isEmpty();
                if (last || sent) {
                    return fail(full, sent && !last);
                }
                run.messages().events().retry(levels[i + 1]);
                run.messages().common("Retry to create a dumpfile by dump_level(" + levels[i + 1] + ").\n");
            }
        }
    }

    private Outcome fail(NoSpaceException full, boolean cannotRetry) {
        run.messages().events().full();
        run.messages().events().reason(String.valueOf(full.getMessage()));
        if (cannotRetry) {
            run.messages()
                    .error("makedumpfile: a stream cannot be taken back, so no other dump level is tried"
                            + " (with -L it could be known before)\n");
        }
        run.messages().common("This is an incomplete dumpfile, but might analyzable.\n");
        return Outcome.FAILED;
    }

    /// The file that is full; of several the exception names one.
    private static String nameOf(NoSpaceException full, List<String> files) {
        String message = String.valueOf(full.getMessage());
        for (String file : files) {
            if (message.startsWith(file + ":")) {
                return file;
            }
        }
        return files.get(0);
    }

    /// A limit of ours has no failure of the system behind it.
    private String reason(NoSpaceException full) {
        if (full.getCause() == null && options.output().limitBytes().isPresent()) {
            return "Size limit(" + options.output().limitBytes().getAsLong() + ") reached.";
        }
        return "No space left on device";
    }

    private Outcome finish(Attempt.Result result, DumpInput input, List<String> files) throws IOException {
        FilterResult filter = result.filter();
        Written written = result.written();
        Report report = report(filter, written);
        if (run.messages().shows(MessageKind.REPORT)) {
            run.messages().report(report.text());
        }
        run.messages().events().saved(files, filter.level(), report);
        if (written.lostPages() > 0) {
            run.messages()
                    .failure("makedumpfile: "
                            + input.cut().map(cut -> cut + "; ").orElse("")
                            + written.lostPages()
                            + " pages could not be read; the dump is marked as incomplete\n");
            return Outcome.FAILED;
        }
        boolean whole = tellWhole(input);
        if (whole) {
            run.messages().common(Endings.saved(files));
        }
        return !filter.trusted() ? Outcome.ANALYSIS_ERROR : whole ? Outcome.COMPLETED : Outcome.FAILED;
    }

    private static Report report(FilterResult filter, Written written) {
        return new Report(
                filter.selection().windows().endPfn(),
                filter.tally().existing(),
                written.zeroPages() + filter.leftOut(PageClass.ZERO),
                filter.leftOut(PageClass.CACHE),
                filter.leftOut(PageClass.CACHE_PRIVATE),
                filter.leftOut(PageClass.USER),
                filter.leftOut(PageClass.FREE) + filter.leftOut(PageClass.UNACCEPTED),
                filter.leftOut(PageClass.HWPOISON),
                filter.leftOut(PageClass.OFFLINE),
                filter.leftOut(PageClass.VMEMMAP),
                filter.rescuedFrames(),
                written.elfFrames(),
                written.elfPages(),
                written.sharedPages(),
                written.bytes());
    }
}

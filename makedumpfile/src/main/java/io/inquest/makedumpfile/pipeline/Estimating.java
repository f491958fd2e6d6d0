package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.Packing;
import io.inquest.dump.io.DiscardingSink;
import io.inquest.dump.kdump.KdumpLayout;
import io.inquest.dump.kdump.KdumpWriter;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageClass;
import io.inquest.makedumpfile.message.Estimate;
import io.inquest.makedumpfile.message.Estimate.OfDump;
import io.inquest.makedumpfile.option.DumpLevels;
import io.inquest.makedumpfile.option.Options.PrivateNote;
import io.inquest.makedumpfile.pipeline.PackingTrial.Cost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// `--estimate`: how large the dump would become at each level with each compression, and how long it would take.
///
/// The frames of each class are counted by the filter itself; only what a page of a class packs to is found from a
/// sample. Times are those of this machine now, with the input as fast as it was here.
final class Estimating {

    private static final int ZERO_LEVEL = 1;

    /// Told where the user asks for no level: everything, without zeros, without free memory too, the least.
    private static final int[] USUAL_LEVELS = {0, 1, 17, 31};

    /// A dump that tells nothing of its kernel has no other levels.
    private static final int[] LEVELS_WITHOUT_KERNEL = {0, 1};

    private final Run run;

    Estimating(Run run) {
        this.run = run;
    }

    Outcome estimate() throws IOException {
        String path = run.options().operands().getFirst();
        try (DumpInput input = DumpInput.open(path, run.messages())) {
            return estimate(input);
        }
    }

    private Outcome estimate(DumpInput input) throws IOException {
        InputChecks.check(input, run.options());
        for (String remark : input.dump().completeness().remarks()) {
            run.messages().warn(input.path() + ": " + remark);
        }
        Optional<Kernel> kernel = KernelAccess.open(input.dump(), run.options().filter(), run.messages());
        int[] levels = levels(input, kernel.isPresent());
        FilterResult filter =
                new Filter(run, input, kernel).apply(kernel.isPresent() ? DumpLevels.MAX : DumpLevels.NOTHING);
        long fixedNanos = run.elapsedNanos();
        run.progress().end();
        PageSample sample = PageSample.of(filter.selection().windows(), filter.tally());
        Estimate estimate = estimate(input, filter, sample, levels, fixedNanos);
        run.messages().events().estimate(estimate);
        run.messages().common(estimate.text());
        return filter.trusted() ? Outcome.COMPLETED : Outcome.ANALYSIS_ERROR;
    }

    private int[] levels(DumpInput input, boolean kernelKnown) throws CommandFailure {
        if (!run.options().filter().levels().levels().equals(List.of(DumpLevels.NOTHING))) {
            return InputChecks.levels(input, run.options(), kernelKnown, run.messages());
        }
        int before = input.dump().header().dumpLevel().orElse(0);
        int[] usual = kernelKnown ? USUAL_LEVELS : LEVELS_WITHOUT_KERNEL;
        int[] levels = new int[usual.length];
        int count = 0;
        for (int level : usual) {
            if (count == 0 || levels[count - 1] != (level | before)) {
                levels[count++] = level | before;
            }
        }
        return Arrays.copyOf(levels, count);
    }

    private Estimate estimate(DumpInput input, FilterResult filter, PageSample sample, int[] levels, long fixedNanos)
            throws IOException {
        long sampled = 0;
        long held = 0;
        for (PageClass pageClass : PageClass.values()) {
            sampled += sample.pfns(pageClass).length;
            held += filter.tally().held(pageClass);
        }
        List<List<OfDump>> byCompression = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            byCompression.add(tried(input, filter, sample, packing(compression), levels, fixedNanos, sampled));
        }
        List<OfDump> dumps = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            for (List<OfDump> each : byCompression) {
                dumps.add(each.get(i));
            }
        }
        return new Estimate(sampled, held, run.threads(), dumps);
    }

    /// With the level that the user gave, if it is that of this compression.
    private Packing packing(Compression compression) {
        Packing given = run.options().output().packing();
        return given.compression() == compression ? given : Packing.of(compression);
    }

    private List<OfDump> tried(
            DumpInput input,
            FilterResult filter,
            PageSample sample,
            Packing packing,
            int[] levels,
            long fixedNanos,
            long sampled)
            throws IOException {
        PhysicalMemory memory = input.dump().memory();
        Cost[] costs = new Cost[PageClass.values().length];
        ProcessorTime time = new ProcessorTime();
        try (PackingTrial trial = new PackingTrial(memory, packing, writer(input, PackingTrial.room(sampled)))) {
            for (PageClass pageClass : PageClass.values()) {
                run.checkStopped();
                costs[pageClass.code()] = trial.run(sample.pfns(pageClass));
            }
        }
        Cost zeros = PackingTrial.zeros(packing, memory.pageBytes());
        DumpCost cost = new DumpCost(filter, costs, zeros, time.share(), run.threads());
        List<OfDump> dumps = new ArrayList<>();
        for (int level : levels) {
            DumpCost.Sum sum = cost.at(level);
            long zeroPage = (level & ZERO_LEVEL) != 0 ? memory.pageBytes() : 0;
            long bytes = layout(input, level, sum.described()).dataOffset() + zeroPage + sum.bytes();
            dumps.add(new OfDump(level, packing.compression(), sum.pages(), bytes, fixedNanos + sum.nanos()));
        }
        return dumps;
    }

    private KdumpLayout layout(DumpInput input, int level, long pages) {
        DumpHeader header = input.dump().header().withPart(Optional.empty());
        DumpHeader atLevel = new DumpHeader(
                header.format(),
                header.utsname(),
                header.crashTime(),
                OptionalInt.of(level),
                header.physBase(),
                header.status(),
                header.cpus(),
                header.eraseInfo(),
                header.part());
        return new KdumpLayout(
                input.dump().machine(),
                atLevel,
                input.notes(),
                input.dump().memory().endPfn(),
                pages);
    }

    /// A writer as a real run has it, which writes nowhere.
    private KdumpWriter writer(DumpInput input, long pages) throws IOException {
        KdumpLayout layout = layout(input, ZERO_LEVEL, pages);
        DiscardingSink nowhere = new DiscardingSink(input.path());
        return run.options().output().note() == PrivateNote.OMIT
                ? KdumpWriter.create(nowhere, layout)
                : KdumpWriter.create(nowhere, layout, new TrailerWriter());
    }
}

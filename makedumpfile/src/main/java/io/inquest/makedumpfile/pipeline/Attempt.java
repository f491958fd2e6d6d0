package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.PfnRange;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.split.SplitPlan;
import io.inquest.kernel.Kernel;
import io.inquest.makedumpfile.option.Options;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Filters and writes with one dump level.
final class Attempt {

    private final Run run;
    private final DumpInput input;
    private final Optional<Kernel> kernel;
    private final List<String> files;

    /// What was filtered, and what was written of it.
    record Result(FilterResult filter, Written written) {}

    Attempt(Run run, DumpInput input, Optional<Kernel> kernel, List<String> files) {
        this.run = run;
        this.input = input;
        this.kernel = kernel;
        this.files = files;
    }

    /// Writes with `level`; `number` counts the attempts from 0.
    Result write(int level, int number) throws IOException {
        FilterResult filter = new Filter(run, input, kernel).apply(level);
        try (Targets targets = Targets.open(run.options(), files, run.stdout(), number)) {
            Written written = writeTo(targets.sinks(), filter);
            targets.force();
            return new Result(filter, written);
        }
    }

    /// Does all but sending: throws as [#write] would where a size limit is reached.
    void rehearse(int level) throws IOException {
        FilterResult filter = new Filter(run, input, kernel).apply(level);
        try (Targets targets = Targets.rehearsal(run.options())) {
            Written unused = writeTo(targets.sinks(), filter);
            assert unused.bytes() >= 0;
        }
    }

    private Written writeTo(List<ByteSink> sinks, FilterResult filter) throws IOException {
        if (run.options().output().format() == Options.Format.ELF) {
            return new ElfOutput(run, input, filter).write(sinks.getFirst());
        }
        Compression compression = run.options().output().packing().compression();
        DumpHeader header = OutputHeader.of(input, kernel, filter, compression, run.messages());
        return new KdumpOutput(run, input, header, filter).write(sinks, parts(filter, sinks.size()));
    }

    private List<PfnRange> parts(FilterResult filter, int count) throws IOException {
        FrameWindows windows = filter.selection().windows();
        if (count == 1) {
            return List.of(new PfnRange(0, windows.endPfn()));
        }
        long blockFrames = run.options().output().splitBlockBytes()
                >>> input.dump().machine().pageShift();
        SplitPlan plan = new SplitPlan(count, windows.endPfn(), blockFrames);
        for (long window = 0; window < windows.count(); window++) {
            filter.selection().load(window);
            plan.add(filter.selection().selected());
        }
        return plan.ranges();
    }
}

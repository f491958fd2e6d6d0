package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.elf.FrameSelection;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageClass;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.page.StructPageFrames;
import io.inquest.makedumpfile.message.Progress;
import io.inquest.makedumpfile.message.Progress.Step;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Options.CounterCheck;
import io.inquest.makedumpfile.option.Options.CounterReport;
import io.inquest.makedumpfile.option.Options.StructPages;
import io.inquest.makedumpfile.option.Task;
import io.inquest.makedumpfile.pipeline.FrameWindows.FrameClasses;
import java.io.IOException;
import java.util.Optional;

/// Finds out which frames stay at a dump level, going through all frames once.
final class Filter {

    private static final int ZERO_LEVEL = 1;
    private static final int FREE_LEVEL = 16;

    private final Run run;
    private final DumpInput input;
    private final Optional<Kernel> kernel;

    Filter(Run run, DumpInput input, Optional<Kernel> kernel) {
        this.run = run;
        this.input = input;
        this.kernel = kernel;
    }

    FilterResult apply(int level) throws IOException {
        StructPageFilter structPages = StructPageFilter.open(run, kernel, level);
        boolean[] leftOut = Selection.leftOutAt(level, structPages.isActive());
        FrameWindows windows = new FrameWindows(
                input.dump().memory(), windowFrames(), run.memory(), classes(structPages, leftOut, level));
        new DebugText(run.messages()).tellWindows(windows);
        ClassTally tally = count(windows);
        long rescued = structPages.rescuedFrames();
        boolean trusted = !structPages.isDegraded();
        int applied = structPages.isDegraded() ? level & ZERO_LEVEL : level;
        boolean disagrees = structPages.isActive() && (level & FREE_LEVEL) != 0 && disagrees(structPages, tally);
        if (disagrees) {
            leftOut[PageClass.FREE.code()] = false;
            leftOut[PageClass.UNACCEPTED.code()] = false;
        }
        boolean asked = run.options().filter().counters() == CounterReport.ALWAYS;
        if (asked || disagrees) {
            disagrees |= new CounterLines(run.messages(), asked).tell(kernel, structPages.map()) != 0;
        }
        trusted &= !disagrees || run.options().filter().check() != CounterCheck.FAIL;
        if (run.options().filter().structPages() == StructPages.EXCLUDE_UNNEEDED
                && structPages.map().isPresent()
                && kernel.isPresent()) {
            findUnneeded(windows, leftOut, structPages.map().get(), kernel.get());
            leftOut[PageClass.VMEMMAP.code()] = true;
            tally = count(windows);
        }
        return new FilterResult(new Selection(windows, leftOut, leastCutFrames()), tally, rescued, applied, trusted);
    }

    /// Finds the struct pages of frames that are left out, once it is known which those are.
    private void findUnneeded(FrameWindows windows, boolean[] leftOut, PageMap map, Kernel known) throws IOException {
        Selection selection = new Selection(windows, leftOut, leastCutFrames());
        windows.setUnneeded(StructPageFrames.notDescribing(selection::holdsAny, known, map, run.messages()));
    }

    /// Where the classes come from; an ELF file has to know of zeros before it is begun, who counts them anyway.
    private FrameClasses classes(StructPageFilter structPages, boolean[] leftOut, int level) {
        boolean looks = run.options().output().format() == Options.Format.ELF
                || run.options().task() == Task.MEASURE;
        if (!looks || (level & ZERO_LEVEL) == 0) {
            return structPages;
        }
        FrameClasses classes = new ZeroScan(structPages, leftOut, input.dump().memory());
        leftOut[PageClass.ZERO.code()] = true;
        return classes;
    }

    /// A converted dump has the pages of the other one, no more: what that lacks must not become zeros.
    private int leastCutFrames() {
        return run.options().task() == Task.CONVERT ? 1 : FrameSelection.LEAST_CUT_FRAMES;
    }

    private long windowFrames() {
        long bytes = run.options().resources().bitmapBytes().orElse(Long.MAX_VALUE / Byte.SIZE);
        return Math.min(bytes, Long.MAX_VALUE / Byte.SIZE) * Byte.SIZE;
    }

    private ClassTally count(FrameWindows windows) throws IOException {
        Progress progress = run.progress();
        ClassTally tally = new ClassTally();
        long startedAt = progress.now();
        progress.show(Step.HOLES, 0, 1, startedAt);
        progress.show(Step.HOLES, 1, 1, startedAt);
        for (long window = 0; window < windows.count(); window++) {
            run.checkStopped();
            windows.load(window);
            tally.add(windows);
            progress.show(Step.PAGES, window + 1, windows.count(), startedAt);
        }
        progress.finished(Step.PAGES, startedAt);
        return tally;
    }

    private boolean disagrees(StructPageFilter structPages, ClassTally tally) throws IOException {
        if (run.options().filter().check() == CounterCheck.SKIP || kernel.isEmpty() || input.lacksStructPages()) {
            return false;
        }
        Optional<String> disagreement = structPages.disagreement(kernel.get(), tally);
        disagreement.ifPresent(sentence -> run.messages().warn(sentence + "; free pages stay in the dump"));
        return disagreement.isPresent();
    }
}

package io.inquest.makedumpfile.pipeline;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageClass;
import io.inquest.makedumpfile.message.MemoryUsage;
import io.inquest.makedumpfile.option.DumpLevels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// `--mem-usage`: counts what each dump level would leave out, of a dump or of the running system, and writes
/// nothing.
final class Measuring {

    private static final String RUNNING_SYSTEM = "/proc/kcore";
    private static final Path RESOURCES = Path.of("/proc/iomem");
    private static final int ZERO_LEVEL = 1;

    private final Run run;

    Measuring(Run run) {
        this.run = run;
    }

    Outcome measure() throws IOException {
        String path = run.options().operands().getFirst();
        try (DumpInput input = withoutCrashKernel(DumpInput.open(path, run.messages()))) {
            return measure(input);
        }
    }

    private static DumpInput withoutCrashKernel(DumpInput input) throws IOException {
        if (!input.path().equals(RUNNING_SYSTEM)) {
            return input;
        }
        int pageShift = input.dump().machine().pageShift();
        return input.without(CrashKernelMemory.parse(Files.readAllLines(RESOURCES), pageShift));
    }

    private Outcome measure(DumpInput input) throws IOException {
        for (String remark : input.dump().completeness().remarks()) {
            run.messages().warn(input.path() + ": " + remark);
        }
        Kernel kernel = KernelAccess.open(input.dump(), run.options().filter(), run.messages())
                .orElseThrow(() -> MissingVmcoreinfo.of(input.path()));
        FilterResult filter = new Filter(run, input, Optional.of(kernel)).apply(DumpLevels.MAX);
        run.progress().end();
        MemoryUsage usage = usage(input, filter);
        run.messages().events().memory(usage);
        run.messages().common(usage.text());
        return filter.trusted() ? Outcome.COMPLETED : Outcome.ANALYSIS_ERROR;
    }

    private static MemoryUsage usage(DumpInput input, FilterResult filter) {
        return new MemoryUsage(
                input.dump().machine().pageBytes(),
                filter.tally().existing(),
                filter.leftOut(PageClass.ZERO) + missingZeros(input, filter.tally()),
                filter.leftOut(PageClass.CACHE),
                filter.leftOut(PageClass.CACHE_PRIVATE),
                filter.leftOut(PageClass.USER),
                filter.leftOut(PageClass.FREE) + filter.leftOut(PageClass.UNACCEPTED),
                filter.leftOut(PageClass.HWPOISON),
                filter.leftOut(PageClass.OFFLINE));
    }

    /// A dump that was filtered before lacks pages of no other class because they were zeros, if its level says so;
    /// pages that its filter took for another class by mistake are among them.
    private static long missingZeros(DumpInput input, ClassTally tally) {
        boolean leftOut = (input.dump().header().dumpLevel().orElse(0) & ZERO_LEVEL) != 0;
        return leftOut ? tally.existing(PageClass.KEPT) - tally.held(PageClass.KEPT) : 0;
    }
}

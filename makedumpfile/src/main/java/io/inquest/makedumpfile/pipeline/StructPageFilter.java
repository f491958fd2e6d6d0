package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpException;
import io.inquest.dump.PageBitmap;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.FreePageCheck;
import io.inquest.kernel.page.KeepList;
import io.inquest.kernel.page.PageClass;
import io.inquest.kernel.page.PageMap;
import io.inquest.makedumpfile.option.Options;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the kernel's struct pages say of each frame, as far as a dump level asks for it and they can be trusted.
final class StructPageFilter implements FrameWindows.FrameClasses {

    private static final int STRUCT_PAGE_LEVELS = 2 | 4 | 8 | 16;

    private final @Nullable PageMap map;
    private final @Nullable KeepList keepList;
    private final int level;
    private final int threads;
    private final boolean degraded;
    private long rescuedFrames;

    private StructPageFilter(@Nullable PageMap map, @Nullable KeepList keepList, int level, int threads) {
        this.map = map;
        this.keepList = keepList;
        this.level = level;
        this.threads = threads;
        this.degraded = false;
    }

    private StructPageFilter(int level, boolean degraded) {
        this.map = null;
        this.keepList = null;
        this.level = level;
        this.threads = 1;
        this.degraded = degraded;
    }

    /// Finds the struct pages, if `level` needs them. Where they cannot be understood all frames are kept ones, and
    /// [#isDegraded] tells: a large dump is better than none.
    static StructPageFilter open(Run run, Optional<Kernel> kernel, int level) throws IOException {
        if (kernel.isEmpty()) {
            return new StructPageFilter(level, false);
        }
        try {
            return open(run, kernel.get(), level);
        } catch (DumpException notUnderstood) {
            if ((level & STRUCT_PAGE_LEVELS) == 0) {
                return new StructPageFilter(level, false);
            }
            run.messages().warn(notUnderstood.getMessage() + "; all pages that are not zero stay in the dump");
            return new StructPageFilter(level, true);
        }
    }

    private static StructPageFilter open(Run run, Kernel kernel, int level) throws IOException {
        PageMap map = PageMap.open(kernel, run.messages());
        if (!map.neededFor(level)) {
            return new StructPageFilter(level, false);
        }
        new DebugText(run.messages()).tellStructPages(map, kernel.memory().endPfn());
        KeepList keepList = KeepList.of(kernel, map, run.messages());
        if (run.options().filter().userPages() == Options.UserPages.KEEP_REFERENCED) {
            keepList.keepReferenced(kernel);
        }
        KeptTasks.add(run.options().filter().keptTasks(), kernel, keepList, run.messages());
        return new StructPageFilter(map, keepList, level, run.threads());
    }

    /// Whether classes are found at all.
    boolean isActive() {
        return map != null;
    }

    /// Whether the level asked for classes that could not be found.
    boolean isDegraded() {
        return degraded;
    }

    /// How many frames stay, of those found so far, that their struct pages would leave out.
    long rescuedFrames() {
        return rescuedFrames;
    }

    @Override
    public void find(PageBitmap existing, PageBitmap held, byte[] classes) throws IOException {
        int frames = existing.frames();
        if (map == null || keepList == null) {
            Arrays.fill(classes, 0, frames, (byte) PageClass.KEPT.code());
            return;
        }
        map.classify(existing.firstPfn(), frames, classes, threads);
        rescuedFrames += keepList.apply(existing.firstPfn(), frames, classes, level);
    }

    /// The struct pages, if classes are found at all.
    Optional<PageMap> map() {
        return Optional.ofNullable(map);
    }

    /// Compares the free frames found with the kernel's own counts; the answer says what is wrong, if anything is.
    Optional<String> disagreement(Kernel kernel, ClassTally tally) throws IOException {
        FreePageCheck check =
                FreePageCheck.of(kernel, tally.existing(PageClass.FREE), tally.existing(PageClass.UNACCEPTED));
        return check.isPlausible() ? Optional.empty() : Optional.of(check.describe());
    }
}

package io.inquest.makedumpfile.pipeline;

import io.inquest.kernel.page.PageClass;

/// What a dump level comes to for one dump.
///
/// @param selection the frames that stay
/// @param tally what there is
/// @param rescuedFrames frames that stay although their struct pages would leave them out
/// @param level the level that was really applied
/// @param trusted whether all that the level asks for was applied
record FilterResult(Selection selection, ClassTally tally, long rescuedFrames, int level, boolean trusted) {

    /// Number of frames that stay.
    long selectedFrames() {
        long frames = 0;
        for (PageClass pageClass : PageClass.values()) {
            frames += selection.leavesOut(pageClass.code()) ? 0 : tally.held(pageClass);
        }
        return frames;
    }

    /// Number of frames of a class that were left out, now or when the input was made.
    long leftOut(PageClass pageClass) {
        return selection.leavesOut(pageClass.code()) ? tally.existing(pageClass) : 0;
    }
}

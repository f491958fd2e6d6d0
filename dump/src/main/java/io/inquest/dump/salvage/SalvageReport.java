package io.inquest.dump.salvage;

import io.inquest.dump.PfnRange;
import java.util.List;

/// What was saved of a damaged dump, and what was not.
///
/// @param format what was written: `kdump-compressed` or `ELF`
/// @param repairs one sentence for each thing that was wrong and could be put right
/// @param losses one sentence for each thing that is lost, with the reason
/// @param kept pages that were written, pages of zeros included
/// @param unchecked those of them that carry nothing which would show a wrong bit
/// @param lost pages that the dump promised and that are lost
/// @param lostFrames the first runs of their page frames, where those can be told
/// @param moreLostRuns how many more runs there are
public record SalvageReport(
        String format,
        List<String> repairs,
        List<String> losses,
        long kept,
        long unchecked,
        long lost,
        List<PfnRange> lostFrames,
        long moreLostRuns) {

    public SalvageReport {
        repairs = List.copyOf(repairs);
        losses = List.copyOf(losses);
        lostFrames = List.copyOf(lostFrames);
    }

    /// Pages that the dump promised, as far as that is known.
    public long promised() {
        return kept + lost;
    }
}

package io.inquest.kernel.stack;

import java.util.ArrayList;
import java.util.List;

/// Who called whom, the innermost call first.
///
/// @param frames may be empty
/// @param end how it ended
/// @param remarks sentences on what one has to know to read it, such as that its start is an old one
public record StackTrace(List<Frame> frames, StackEnd end, List<String> remarks) {

    public StackTrace {
        frames = List.copyOf(frames);
        remarks = List.copyOf(remarks);
    }

    static StackTrace nothing(String reason) {
        return new StackTrace(List.of(), new StackEnd.Nothing(reason), List.of());
    }

    StackTrace remarked(String remark) {
        List<String> all = new ArrayList<>(remarks);
        all.add(remark);
        return new StackTrace(frames, end, all);
    }

    /// With a frame behind the others that no chain led to.
    StackTrace with(Frame frame) {
        List<Frame> all = new ArrayList<>(frames);
        all.add(frame);
        return new StackTrace(all, end, remarks);
    }

    /// The same chain, known to be right because it leads to registers that were saved at `place`: its start is no
    /// guess, and what came before it is told by those registers again.
    StackTrace confirmed(FrameState place) {
        List<Frame> all = new ArrayList<>();
        Trust trust = Trust.CERTAIN;
        for (Frame frame : frames) {
            trust = all.isEmpty() || frame.isAt(place)
                    ? Trust.CERTAIN
                    : trust.and(frame.foundBy().trust());
            all.add(frame.trusted(trust));
        }
        return new StackTrace(all, end, remarks);
    }

    /// The least trust in any frame; that of an empty chain is certain.
    public Trust trust() {
        return frames.isEmpty() ? Trust.CERTAIN : frames.getLast().trust();
    }
}

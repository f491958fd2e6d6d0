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

    /// The least trust in any frame; that of an empty chain is certain.
    public Trust trust() {
        return frames.isEmpty() ? Trust.CERTAIN : frames.getLast().trust();
    }
}

package io.inquest.crash.report.dump;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.dwarf.SourceFrame;
import io.inquest.kernel.dwarf.SourceLine;
import io.inquest.kernel.stack.Frame;
import java.util.List;

/// What the sources say of a frame, if there is a debug file: the line, and the inlined functions that it is in.
final class SourceNotes {

    private SourceNotes() {}

    /// `fs/open.c:285`, or `get_task at kernel/fork.c:12, inlined at fs/open.c:285`, the innermost function
    /// first; empty where no debug file covers the code.
    static String of(Kernel kernel, Frame frame) {
        return frame.user() ? "" : note(kernel.sourceAt(frame.state().codeAddress()));
    }

    static String note(List<SourceFrame> frames) {
        StringBuilder note = new StringBuilder();
        for (SourceFrame frame : frames) {
            String line = frame.line().map(SourceNotes::line).orElse("");
            boolean named = frame.inlined() && !frame.function().isEmpty();
            String separator =
                    note.isEmpty() ? "" : named ? ", inlined in " : line.isEmpty() ? ", inlined" : ", inlined at ";
            note.append(separator)
                    .append(named ? frame.function() + (line.isEmpty() ? "" : " at ") : "")
                    .append(line);
        }
        return note.toString();
    }

    /// The file as the compiler was given it, which for kernels is relative to their source's root.
    private static String line(SourceLine line) {
        return line.file() + ":" + line.line();
    }
}

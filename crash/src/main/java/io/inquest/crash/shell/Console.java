package io.inquest.crash.shell;

import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;

/// Where a shell's answers and complaints go.
///
/// @param out answers
/// @param err complaints, and what answers could not tell
/// @param inherited whether `out` is the standard output of the process, so that a shell command may have it as its own
public record Console(PrintWriter out, PrintWriter err, boolean inherited) {

    /// Tells one sentence, after what was answered until then.
    void complain(String sentence) {
        out.flush();
        err.println(SafeText.lines(sentence));
        err.flush();
    }

    void flush() throws IOException {
        out.flush();
        if (out.checkError()) {
            throw new IOException("the answer cannot be written");
        }
    }
}

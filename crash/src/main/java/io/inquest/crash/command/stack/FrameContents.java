package io.inquest.crash.command.stack;

import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.stack.Frame;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The words of a frame: what lies on the stack between its slot and that of its caller.
///
/// @param shown whether they are at all
/// @param names what words are called; empty for numbers only
record FrameContents(Kernel kernel, boolean shown, Optional<StackWords> names) {

    /// A frame of more words is damage.
    private static final int MOST_WORDS = 4096;

    private static final int WORD_DIGITS = 16;

    void text(Frame frame, @Nullable Frame caller, TextWriter out) throws IOException {
        if (!shown || caller == null) {
            return;
        }
        int wordBytes = kernel.space().wordBytes();
        long words = (caller.slot() - frame.slot()) / wordBytes;
        boolean sameStack = !caller.user() && frame.stack().equals(caller.stack());
        if (!sameStack || words <= 0 || words > MOST_WORDS) {
            return;
        }
        for (long i = 1; i <= words; i++) {
            long at = frame.slot() + i * wordBytes;
            if (i % 2 == 1) {
                out.text("    ").zeroHex(at, WORD_DIGITS).text(": ");
            }
            word(at, out);
            if (i % 2 == 0 || i == words) {
                out.newLine();
            }
        }
    }

    private void word(long at, TextWriter out) throws IOException {
        try {
            long word = kernel.space().readWord(at);
            Optional<String> name = names.isPresent() ? names.get().name(word) : Optional.empty();
            if (name.isPresent()) {
                out.left(name.get(), WORD_DIGITS);
            } else {
                out.zeroHex(word, WORD_DIGITS);
            }
        } catch (MemoryFault lost) {
            out.left("(not in the dump)", WORD_DIGITS);
        }
        out.text(" ");
    }
}

package io.inquest.crash.shell;

import java.io.IOException;
import java.io.Writer;

/// The input of a shell command, which may end before the answer does: `log | head` is no failure.
final class UntilClosed implements Appendable {

    private final Writer writer;

    UntilClosed(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
        return append(text, 0, text.length());
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
        try {
            writer.append(text, start, end);
        } catch (IOException brokenPipe) {
            throw new Closed();
        }
        return this;
    }

    @Override
    public Appendable append(char c) throws IOException {
        return append(String.valueOf(c));
    }

    /// The reader wants no more.
    static final class Closed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Closed() {
            super("the shell command wants no more", null, false, false);
        }
    }
}

package io.inquest.crash.render;

import java.io.IOException;

/// Puts a blank line between parts of a text, of which any may turn out to be empty.
final class BlankLines implements Appendable {

    private final Appendable out;
    private boolean due;
    private long written;

    BlankLines(Appendable out) {
        this.out = out;
    }

    /// How much was written so far.
    long written() {
        return written;
    }

    /// If more is written, a blank line stands before it.
    void expect() {
        due = true;
    }

    /// There are no more parts.
    void forget() {
        due = false;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
        return append(text, 0, text.length());
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
        if (start < end) {
            if (due) {
                out.append('\n');
            }
            due = false;
            written += end - start;
            out.append(text, start, end);
        }
        return this;
    }

    @Override
    public Appendable append(char c) throws IOException {
        return append(String.valueOf(c), 0, 1);
    }
}

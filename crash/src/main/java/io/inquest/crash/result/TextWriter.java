package io.inquest.crash.result;

import io.inquest.output.SafeText;
import java.io.IOException;

/// Writes the columns of crash's answers. Every text is made safe for a terminal here, so that layouts may pass what a
/// dead kernel holds as it is.
///
/// ```java
/// out.right(pid, 7).text("  ").address(task).text("  ").left(state, 3).text(comm).newLine();
/// ```
public final class TextWriter {

    private static final String BLANKS = " ".repeat(64);
    private static final String ZEROS = "0".repeat(16);

    private final Appendable out;

    public TextWriter(Appendable out) {
        this.out = out;
    }

    /// Text without line ends: those, too, come out escaped.
    public TextWriter text(String text) throws IOException {
        out.append(SafeText.line(text));
        return this;
    }

    /// Text with line ends and tabs.
    public TextWriter lines(String text) throws IOException {
        out.append(SafeText.lines(text));
        return this;
    }

    /// A whole line.
    public TextWriter line(String text) throws IOException {
        return text(text).newLine();
    }

    public TextWriter newLine() throws IOException {
        out.append('\n');
        return this;
    }

    /// Text filled up with blanks on the right; longer text stays whole.
    public TextWriter left(String text, int width) throws IOException {
        return text(text).blanks(width - text.length());
    }

    /// Text filled up with blanks on the left; longer text stays whole.
    public TextWriter right(String text, int width) throws IOException {
        return blanks(width - text.length()).text(text);
    }

    /// Text in the middle of `width` columns; of an odd rest the larger half stands on the right.
    public TextWriter centre(String text, int width) throws IOException {
        int before = Math.max(0, (width - text.length()) / 2);
        return blanks(before).left(text, width - before);
    }

    public TextWriter number(long number) throws IOException {
        out.append(Long.toString(number));
        return this;
    }

    public TextWriter right(long number, int width) throws IOException {
        return right(Long.toString(number), width);
    }

    public TextWriter left(long number, int width) throws IOException {
        return left(Long.toString(number), width);
    }

    /// Hexadecimal digits of an unsigned number, as few as there are.
    public TextWriter hex(long bits) throws IOException {
        out.append(Long.toHexString(bits));
        return this;
    }

    /// Hexadecimal digits, blanks before them.
    public TextWriter hex(long bits, int width) throws IOException {
        return right(Long.toHexString(bits), width);
    }

    /// Hexadecimal digits, zeros before them, as many as an address has (8 or 16).
    public TextWriter zeroHex(long bits, int digits) throws IOException {
        String hex = Long.toHexString(bits);
        out.append(ZEROS, 0, Math.max(0, digits - hex.length())).append(hex);
        return this;
    }

    public TextWriter blanks(int count) throws IOException {
        for (int left = count; left > 0; left -= BLANKS.length()) {
            out.append(BLANKS, 0, Math.min(left, BLANKS.length()));
        }
        return this;
    }
}

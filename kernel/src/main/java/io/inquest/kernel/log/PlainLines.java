package io.inquest.kernel.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Cuts the characters of a [PlainLog] into lines, and takes `<N>` off their beginnings.
final class PlainLines implements PlainLog.Characters {

    /// Longer lines come as several records; no kernel writes any.
    private static final int MAX_LINE_BYTES = 8192;

    private static final int LEVEL_MASK = 7;

    private final LogVisitor visitor;
    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int length;

    PlainLines(LogVisitor visitor) {
        this.visitor = visitor;
    }

    @Override
    public void append(byte[] piece, int offset, int count) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            byte c = piece[i];
            if (c == '\n' || length == MAX_LINE_BYTES) {
                emit();
            }
            if (c != '\n') {
                line[length++] = c;
            }
        }
    }

    /// Hands over a last line without newline.
    void finish() throws IOException {
        if (length > 0) {
            emit();
        }
    }

    private void emit() throws IOException {
        int close = closingBracket();
        int priority = 0;
        for (int i = 1; i < close; i++) {
            priority = priority * 10 + line[i] - '0';
        }
        byte[] text = Arrays.copyOfRange(line, close + 1, length);
        length = 0;
        boolean known = close > 0;
        visitor.record(new LogRecord(
                OptionalLong.empty(),
                OptionalLong.empty(),
                known ? OptionalInt.of(priority & LEVEL_MASK) : OptionalInt.empty(),
                known ? OptionalInt.of(priority >>> 3) : OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                List.of(),
                ByteBuffer.wrap(text)));
    }

    /// Index of the `>` that ends `<N>` with one to three digits, -1 if the line does not begin so.
    private int closingBracket() {
        if (length == 0 || line[0] != '<') {
            return -1;
        }
        for (int i = 1; i < length && i <= 4; i++) {
            if (line[i] == '>') {
                return i > 1 ? i : -1;
            }
            if (line[i] < '0' || line[i] > '9') {
                return -1;
            }
        }
        return -1;
    }
}

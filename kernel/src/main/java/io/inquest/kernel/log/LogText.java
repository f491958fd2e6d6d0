package io.inquest.kernel.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// Writes records as lines of text.
///
/// A line is `[SECONDS.MICROSECONDS] TEXT`, seconds at least five wide. Control characters but newline and tab,
/// and bytes that the style does not allow, become `\x` and two hexadecimal digits. Call [#finish] at the end.
public final class LogText implements LogVisitor {

    private static final int BUFFER_BYTES = 1 << 14;
    private static final int SECONDS_WIDTH = 5;
    private static final int CALLER_WIDTH_SPACED = 8;
    private static final int CALLER_WIDTH_JOINED = 6;
    private static final int CALLER_IS_CPU = 1 << 31;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final LogStyle style;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final StringBuilder prefix = new StringBuilder();
    private int length;
    private boolean lineOpen;

    public LogText(OutputStream out, LogStyle style) {
        this.out = out;
        this.style = style;
    }

    /// Writes the whole log in a style; one from before 3.5 byte for byte, as all programs do.
    public static LogEnd write(KernelLog log, LogRange range, LogStyle style, OutputStream out) throws IOException {
        if (log instanceof PlainLog plain && style.text() == LogStyle.Text.COMPATIBLE) {
            return plain.characters(range, out::write);
        }
        LogText text = new LogText(out, style);
        LogEnd end = log.visit(range, text);
        text.finish();
        return end;
    }

    @Override
    public void record(LogRecord record) throws IOException {
        if (lineOpen && !record.continuation()) {
            put((byte) '\n');
        }
        prefix.setLength(0);
        record.nanoseconds().ifPresent(this::appendTime);
        appendCaller(record.caller());
        if (!prefix.isEmpty()) {
            prefix.append(' ');
        }
        if (!record.continuation()) {
            putPrefix();
        }
        putText(record.text());
        lineOpen = true;
    }

    /// Ends the last line and writes what is still held back; does not close the stream.
    public void finish() throws IOException {
        if (lineOpen) {
            put((byte) '\n');
            lineOpen = false;
        }
        flushBuffer();
    }

    private void appendTime(long nanoseconds) {
        long seconds = Long.divideUnsigned(nanoseconds, 1_000_000_000);
        long microseconds = Long.remainderUnsigned(nanoseconds, 1_000_000_000) / 1000;
        prefix.append('[');
        appendRight(Long.toString(seconds), SECONDS_WIDTH, ' ');
        prefix.append('.');
        appendRight(Long.toString(microseconds), 6, '0');
        prefix.append(']');
    }

    private void appendRight(String text, int width, char fill) {
        for (int i = text.length(); i < width; i++) {
            prefix.append(fill);
        }
        prefix.append(text);
    }

    private void appendCaller(OptionalInt caller) {
        if (caller.isEmpty() || style.caller() == LogStyle.Caller.NONE) {
            return;
        }
        boolean spaced = style.caller() == LogStyle.Caller.SPACED;
        int id = caller.getAsInt();
        String name = (id & CALLER_IS_CPU) != 0 ? "C" + (id & ~CALLER_IS_CPU) : "T" + id;
        prefix.append(spaced && !prefix.isEmpty() ? " [" : "[");
        appendRight(name, spaced ? CALLER_WIDTH_SPACED : CALLER_WIDTH_JOINED, ' ');
        prefix.append(']');
    }

    private void putPrefix() throws IOException {
        for (int i = 0; i < prefix.length(); i++) {
            put((byte) prefix.charAt(i));
        }
    }

    private void putText(ByteBuffer text) throws IOException {
        boolean readable = style.text() == LogStyle.Text.READABLE;
        int end = text.limit();
        for (int i = text.position(); i < end; i++) {
            byte c = text.get(i);
            int sequence = readable && c < 0 ? Utf8.sequenceBytes(text, i) : 0;
            if (sequence > 0) {
                for (int last = i + sequence - 1; i < last; i++) {
                    put(text.get(i));
                }
                put(text.get(i));
            } else if (c == '\n') {
                putNewline();
            } else if (c == '\t' || (c >= ' ' && c < 0x7f)) {
                put(c);
            } else {
                putEscaped(c);
            }
        }
    }

    private void putNewline() throws IOException {
        put((byte) '\n');
        switch (style.newline()) {
            case PREFIXED -> putPrefix();
            case INDENTED -> {
                for (int i = 0; i < prefix.length(); i++) {
                    put((byte) ' ');
                }
            }
            case PLAIN -> {}
        }
    }

    private void putEscaped(byte c) throws IOException {
        put((byte) '\\');
        put((byte) 'x');
        put(HEX[(c & 0xff) >>> 4]);
        put(HEX[c & 0xf]);
    }

    private void put(byte c) throws IOException {
        if (length == buffer.length) {
            flushBuffer();
        }
        buffer[length++] = c;
    }

    private void flushBuffer() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }
}

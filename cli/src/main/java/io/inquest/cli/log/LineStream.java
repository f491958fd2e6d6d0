package io.inquest.cli.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Lines of UTF-8 bytes, handed to a writer line by line, so that no character is cut in two.
final class LineStream extends OutputStream {

    private final PrintWriter out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

    LineStream(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(int b) {
        line.write(b);
        if (b == '\n') {
            flush();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        for (int at = offset; at < offset + length; at++) {
            if (bytes[at] == '\n') {
                line.write(bytes, from, at + 1 - from);
                flush();
                from = at + 1;
            }
        }
        line.write(bytes, from, offset + length - from);
    }

    /// Passes on what there is of a line.
    @Override
    public void flush() {
        out.write(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }

    @Override
    public void close() {
        flush();
    }
}

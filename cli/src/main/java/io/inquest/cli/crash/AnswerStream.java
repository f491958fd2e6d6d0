package io.inquest.cli.crash;

import io.inquest.crash.shell.ReaderGone;
import java.io.IOException;
import java.io.OutputStream;

/// Standard output that tells a closed pipe from other failures: the first write to one throws [ReaderGone], and what
/// is written later goes nowhere.
final class AnswerStream extends OutputStream {

    /// EPIPE in the words of strerror(3), which is all that Java tells.
    private static final String EPIPE = "Broken pipe";

    private final OutputStream out;
    private boolean gone;

    AnswerStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int count) throws IOException {
        if (gone) {
            return;
        }
        try {
            out.write(bytes, start, count);
        } catch (IOException failure) {
            throw orGone(failure);
        }
    }

    @Override
    public void flush() throws IOException {
        if (gone) {
            return;
        }
        try {
            out.flush();
        } catch (IOException failure) {
            throw orGone(failure);
        }
    }

    private IOException orGone(IOException failure) {
        if (EPIPE.equals(failure.getMessage())) {
            gone = true;
            throw new ReaderGone();
        }
        return failure;
    }
}

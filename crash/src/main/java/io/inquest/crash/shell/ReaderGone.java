package io.inquest.crash.shell;

/// Whoever read the answers has closed the pipe, as `head` does when it has enough: no failure, but the end of the
/// program, because nobody hears what follows. Unchecked, so that no writer on the way takes it for a failure of its
/// own; the output throws it and [Shell] lets it pass.
public final class ReaderGone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReaderGone() {
        super("nobody reads the answers any more", null, false, false);
    }
}

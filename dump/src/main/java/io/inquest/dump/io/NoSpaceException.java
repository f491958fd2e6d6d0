package io.inquest.dump.io;

import java.io.IOException;

/// A [ByteSink] can take no more: the disk is full, or a size limit was reached.
///
/// The bytes before the failing write are there; a writer can still mark its output as incomplete by rewriting its
/// header.
public final class NoSpaceException extends IOException {

    private static final long serialVersionUID = 1L;

    public NoSpaceException(String message) {
        super(message);
    }

    public NoSpaceException(String message, Throwable cause) {
        super(message, cause);
    }
}

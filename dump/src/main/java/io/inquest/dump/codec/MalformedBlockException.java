package io.inquest.dump.codec;

import java.io.IOException;

/// A compressed block is damaged; the message says what is wrong at which of its bytes.
public final class MalformedBlockException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedBlockException(String message) {
        super(message);
    }

    public MalformedBlockException(String message, Throwable cause) {
        super(message, cause);
    }
}

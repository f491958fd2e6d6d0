package io.inquest.dump;

import java.io.IOException;

/// A dump is damaged, of an unknown kind, or lacks what is asked of it.
///
/// The message is one sentence for the user: what was being read, where, what was found, what was expected, and
/// what can be done about it.
public class DumpException extends IOException {

    private static final long serialVersionUID = 1L;

    public DumpException(String message) {
        super(message);
    }

    public DumpException(String message, Throwable cause) {
        super(message, cause);
    }
}

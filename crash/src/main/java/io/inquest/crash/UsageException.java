package io.inquest.crash;

/// The user's command is wrong: the message says what was given and what is accepted.
///
/// Unchecked, because any argument may turn out to be wrong where it is used; the shell alone catches it.
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}

package io.inquest.makedumpfile.option;

/// A parameter has a value that cannot be; the message is the line for the user.
final class ParameterException extends Exception {

    private static final long serialVersionUID = 1L;

    ParameterException(String message) {
        super(message);
    }
}

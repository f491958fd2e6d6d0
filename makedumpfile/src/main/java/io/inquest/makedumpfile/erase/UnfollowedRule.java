package io.inquest.makedumpfile.erase;

/// Why what a rule names cannot be erased.
final class UnfollowedRule extends Exception {

    private static final long serialVersionUID = 1L;

    UnfollowedRule(String message) {
        super(message);
    }
}

package io.inquest.capture.config;

/// Something in a file that is wrong, or likely not what its author meant.
///
/// @param text one sentence: what is wrong, and what would be right
public record Problem(Origin.Line at, String text) {

    @Override
    public String toString() {
        return at + ": " + text;
    }
}

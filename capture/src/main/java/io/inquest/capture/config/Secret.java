package io.inquest.capture.config;

/// A password: never shown, not even by accident.
public record Secret(String text) {

    @Override
    public String toString() {
        return text.isEmpty() ? "" : "(hidden)";
    }
}

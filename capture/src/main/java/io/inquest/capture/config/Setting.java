package io.inquest.capture.config;

/// A value of the configuration, and where it came from.
public record Setting<T>(T value, Origin origin) {

    public static <T> Setting<T> byDefault(T value) {
        return new Setting<>(value, new Origin.Default());
    }

    public boolean isDefault() {
        return origin instanceof Origin.Default;
    }
}

package io.inquest.kernel.type;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value found when it is first asked for, and kept.
///
/// Two threads may both find it; they find the same.
final class Later<T> {

    private @Nullable Supplier<T> source;
    private volatile @Nullable T value;

    Later(Supplier<T> source) {
        this.source = source;
    }

    T get() {
        T found = value;
        if (found == null) {
            Supplier<T> from = source;
            if (from == null) {
                return Objects.requireNonNull(value);
            }
            found = from.get();
            value = found;
            source = null;
        }
        return found;
    }
}

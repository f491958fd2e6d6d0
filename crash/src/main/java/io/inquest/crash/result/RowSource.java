package io.inquest.crash.result;

import io.inquest.kernel.object.Walk;
import java.io.IOException;

/// Rows that are handed over one after the other, once.
@FunctionalInterface
public interface RowSource<R> {

    /// Takes one row. An IOException is the output's.
    @FunctionalInterface
    interface Sink<R> {
        void take(R row) throws IOException;
    }

    /// Hands all rows to `sink` and says how that ended.
    Ending forEach(Sink<? super R> sink) throws IOException;

    /// Rows that are at hand.
    static <R> RowSource<R> of(Iterable<? extends R> rows) {
        return sink -> {
            for (R row : rows) {
                sink.take(row);
            }
            return Ending.COMPLETE;
        };
    }

    /// Rows found by a walk; they end as it does.
    static <R> RowSource<R> of(Walk<? extends R> walk) {
        return sink -> {
            for (R row : walk) {
                sink.take(row);
            }
            return Ending.of(walk.end());
        };
    }
}

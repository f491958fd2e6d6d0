package io.inquest.dump.flattened;

import io.inquest.dump.DumpException;

/// A flattened stream is damaged or ends too early.
public final class FlattenedException extends DumpException {

    private static final long serialVersionUID = 1L;

    /// What of the stream is wrong.
    public enum Problem {
        /// The stream ends inside its start header.
        HEADER,
        /// It does not begin with the signature.
        SIGNATURE,
        /// The start header gives an unknown type or version.
        TYPE,
        /// A record has a place or size that cannot be.
        RECORD,
        /// The stream ends inside a record, or without an end record.
        END
    }

    private final Problem problem;

    FlattenedException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}

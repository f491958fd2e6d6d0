package io.inquest.capture.config;

import java.util.List;

/// What came of reading configuration files.
public sealed interface Reading {

    /// What is likely not meant but does no harm to the reading.
    List<Problem> warnings();

    /// A configuration came of it.
    record Valid(Configuration configuration, List<Problem> warnings) implements Reading {

        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /// Nothing can be done with it.
    ///
    /// @param errors in the order of files and lines; at least one
    record Invalid(List<Problem> errors, List<Problem> warnings) implements Reading {

        public Invalid {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }
}

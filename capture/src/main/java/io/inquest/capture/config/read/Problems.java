package io.inquest.capture.config.read;

import io.inquest.capture.config.Origin;
import io.inquest.capture.config.Problem;
import java.util.ArrayList;
import java.util.List;

/// What is found wrong while files are read; reading goes on, so that all of it is told at once.
final class Problems {

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void error(Origin.Line at, String sentence) {
        errors.add(new Problem(at, sentence));
    }

    void warn(Origin.Line at, String sentence) {
        warnings.add(new Problem(at, sentence));
    }

    List<Problem> errors() {
        return errors;
    }

    List<Problem> warnings() {
        return warnings;
    }
}

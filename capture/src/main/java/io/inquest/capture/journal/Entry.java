package io.inquest.capture.journal;

import io.inquest.output.SafeText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A line of the state file: `TIME STEP RESULT SENTENCE`, one blank between them.
///
/// | word     | is                                                     |
/// |----------|--------------------------------------------------------|
/// | TIME     | UTC by this machine's clock, `2026-11-27T19:40:12.345Z` |
/// | STEP     | [Step#word]                                            |
/// | RESULT   | [Result#word]                                          |
/// | SENTENCE | the rest of the line, for people                       |
public record Entry(Instant time, Step step, Result result, String sentence) {

    /// The line, without its end.
    public String line() {
        return time.truncatedTo(ChronoUnit.MILLIS) + " " + step.word() + " " + result.word() + " "
                + SafeText.line(sentence);
    }
}

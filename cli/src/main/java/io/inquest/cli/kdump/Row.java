package io.inquest.cli.kdump;

import io.inquest.capture.config.Origin;
import java.util.List;

/// One line of the effective configuration.
///
/// @param name as kdump.conf has it, or in its style
record Row(String name, Shown value, Origin origin) {

    /// A value, as text and JSON show it.
    sealed interface Shown {

        record Word(String text) implements Shown {}

        record Count(long number) implements Shown {}

        record Truth(boolean truth) implements Shown {}

        record Words(List<String> words) implements Shown {}

        /// Not set.
        record Nothing() implements Shown {}
    }

    /// The value in one line.
    String text() {
        return switch (value) {
            case Shown.Word(var text) -> text;
            case Shown.Count(var number) -> Long.toString(number);
            case Shown.Truth(var truth) -> truth ? "yes" : "no";
            case Shown.Words(var words) -> words.isEmpty() ? "-" : String.join(" ", words);
            case Shown.Nothing _ -> "-";
        };
    }
}

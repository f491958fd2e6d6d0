package io.inquest.capture.config.read;

import io.inquest.capture.config.Collector;
import java.util.ArrayList;
import java.util.List;

/// The command of `core_collector`.
final class CollectorWords {

    private CollectorWords() {}

    /// `makedumpfile`, in whatever folder, is our own; any other command runs as given. Blanks separate words and
    /// quotes
    /// mean nothing, as where the capture script of kdump-utils runs it.
    static Collector collector(List<String> words) {
        String program = words.getFirst();
        if (!program.substring(program.lastIndexOf('/') + 1).equals("makedumpfile")) {
            return new Collector.Command(words);
        }
        return makedumpfile(words.subList(1, words.size()));
    }

    /// Without `-F`: whether the dump must be flattened follows from the target.
    static Collector.Makedumpfile makedumpfile(List<String> options) {
        List<String> kept = new ArrayList<>();
        for (String option : options) {
            if (!option.equals("-F")) {
                kept.add(option);
            }
        }
        return new Collector.Makedumpfile(kept);
    }
}

package io.inquest.capture.config.read;

import io.inquest.capture.config.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The options of `dracut_args`, less the one that names a target.
///
/// @param target of `--mount`
record DracutWords(List<String> options, Optional<Target.Mounted> target) {

    static DracutWords of(Entry entry) throws Refused {
        List<String> words = Words.splitQuoted(entry.value());
        List<String> options = new ArrayList<>();
        Optional<Target.Mounted> target = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean apart = word.equals("--mount");
            if (!apart && !word.startsWith("--mount=")) {
                options.add(word);
                continue;
            }
            if (target.isPresent()) {
                throw new Refused("dracut_args has --mount twice; it can name one target only");
            }
            if (apart && i + 1 == words.size()) {
                throw new Refused("--mount of dracut_args has no value");
            }
            String value = apart ? words.get(++i) : word.substring("--mount=".length());
            target = Optional.of(TargetWords.mounted(entry, value));
        }
        return new DracutWords(List.copyOf(options), target);
    }
}

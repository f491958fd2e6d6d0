package io.inquest.capture.collect;

import io.inquest.capture.config.Collector;
import java.util.ArrayList;
import java.util.List;

/// The ways in which a dump is tried to be made, the configured one first.
///
/// | configured                | and if it makes none
/// |
/// |---------------------------|---------------------------------------------------------------------------------------|
/// | makedumpfile              | the same with `-d 1`, which only looks whether pages are zero; then a copy
/// |
/// | makedumpfile `--config`   | the same with `-d 1`; never a copy, since that would have what the rules erase
/// |
/// | another program           | `makedumpfile -l -d 31`, then `-l -d 1`, then a copy
///  |
/// | scp                       | a copy, which is what scp makes, by the connection that there is; then the same
///  |
/// | a copy                    | `makedumpfile -l -d 1`, which takes less room, then `-d 31`, which takes the least
///  |
///
/// Where the target has no room for the level that is configured, makedumpfile goes on to 31, which leaves out the
/// most:
/// a dump without user pages is worth more than half of one with them.
public final class Ways {

    private static final String SMALLEST = "31";
    private static final String ZERO_PAGES = "1";

    private Ways() {}

    /// None for a collector that saves no memory.
    public static List<Way> of(Collector collector) {
        return switch (collector) {
            case Collector.Makedumpfile(var options) -> filtered(options);
            case Collector.Command(var words) ->
                List.of(
                        isScp(words.getFirst()) ? new Way.Copied() : new Way.ByProgram(words),
                        new Way.Filtered(List.of("-l", "-d", SMALLEST)),
                        new Way.Filtered(List.of("-l", "-d", ZERO_PAGES)),
                        new Way.Copied());
            case Collector.Copy _ ->
                List.of(new Way.Copied(), new Way.Filtered(List.of("-l", "-d", ZERO_PAGES + "," + SMALLEST)));
            case Collector.LogOnly _ -> List.of();
        };
    }

    /// The same where the dump may take so many bytes and no more. Of a copy and of other programs nobody can say that.
    public static List<Way> within(long bytes, List<Way> ways) {
        List<Way> limited = new ArrayList<>();
        for (Way way : ways) {
            if (way instanceof Way.Filtered(var options) && !options.contains("-L")) {
                List<String> all = new ArrayList<>(options);
                all.addAll(List.of("-L", Long.toString(Math.max(bytes, 1))));
                limited.add(new Way.Filtered(all));
            } else {
                limited.add(way);
            }
        }
        return limited;
    }

    /// The same without copies.
    public static List<Way> withoutCopies(List<Way> ways) {
        return ways.stream().filter(way -> !(way instanceof Way.Copied)).toList();
    }

    private static boolean isScp(String program) {
        return program.substring(program.lastIndexOf('/') + 1).equals("scp");
    }

    private static List<Way> filtered(List<String> options) {
        List<Way> ways = new ArrayList<>();
        ways.add(new Way.Filtered(withSmallest(options)));
        ways.add(new Way.Filtered(withLevels(options, ZERO_PAGES)));
        boolean erases = options.stream().anyMatch(word -> word.startsWith("--conf"));
        if (!erases) {
            ways.add(new Way.Copied());
        }
        return ways;
    }

    /// The levels that are given, and 31 behind them if that is none of the last.
    private static List<String> withSmallest(List<String> options) {
        String levels = levels(options);
        boolean ends = levels.equals(SMALLEST) || levels.endsWith("," + SMALLEST);
        return ends ? options : withLevels(options, levels + "," + SMALLEST);
    }

    private static String levels(List<String> options) {
        String levels = "0";
        for (int i = 0; i < options.size(); i++) {
            String word = options.get(i);
            if (word.equals("-d") && i + 1 < options.size()) {
                levels = options.get(i + 1);
            } else if (word.startsWith("-d")) {
                levels = word.substring(2);
            }
        }
        return levels;
    }

    /// The last `-d` counts; what stands before it stays as it is.
    private static List<String> withLevels(List<String> options, String levels) {
        List<String> all = new ArrayList<>(options);
        all.add("-d");
        all.add(levels);
        return all;
    }
}

package io.inquest.makedumpfile.option;

import java.util.ArrayList;
import java.util.List;

/// The dump levels of `-d`, in the order in which they are tried when the disk is full.
public record DumpLevels(List<Integer> levels) {

    /// Leaves nothing out for its class.
    public static final int NOTHING = 0;
    /// The largest level: all five bits.
    public static final int MAX = 31;

    private static final int MAX_ENTRIES = 32;

    public DumpLevels {
        levels = List.copyOf(levels);
    }

    /// Reads a list such as `11,31`; empty items vanish, an item that is not a number is 0, as in makedumpfile.
    static DumpLevels parse(String text) throws ParameterException {
        List<Integer> levels = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            if (end > start) {
                if (levels.size() == MAX_ENTRIES) {
                    throw new ParameterException("Dump_level is invalid.");
                }
                levels.add(checked(Numbers.leadingInt(text.substring(start, end))));
            }
            start = end + 1;
        }
        return new DumpLevels(levels.isEmpty() ? List.of(NOTHING) : levels);
    }

    private static int checked(int level) throws ParameterException {
        if (level < NOTHING || level > MAX) {
            throw new ParameterException("Dump_level(" + level + ") is invalid.");
        }
        return level;
    }

    public int first() {
        return levels.get(0);
    }

    /// The largest level of the list, which decides whether the kernel's structures are needed.
    public int max() {
        int max = NOTHING;
        for (int level : levels) {
            max = Math.max(max, level);
        }
        return max;
    }
}

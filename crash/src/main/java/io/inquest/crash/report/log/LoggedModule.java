package io.inquest.crash.report.log;

import java.util.ArrayList;
import java.util.List;

/// A loaded module, from the list that every oops prints.
///
/// @param name its name
/// @param flags such as `O` (out of tree), `E` (unsigned), `P` (proprietary), `+` (being loaded); mostly empty
public record LoggedModule(String name, String flags) {

    private static final String HEAD = "Modules linked in:";
    private static final int MOST_FLAGS = 24;

    /// Whether the module is not part of the kernel's own source tree.
    public boolean outOfTree() {
        return flags.indexOf('O') >= 0 || flags.indexOf('P') >= 0;
    }

    static boolean beginsList(String line) {
        return line.startsWith(HEAD);
    }

    /// The modules that a line lists, the first or a further line of the list; none if the line is something
    /// else.
    static List<LoggedModule> parse(String line) {
        String text = line.startsWith(HEAD) ? line.substring(HEAD.length()) : line;
        List<LoggedModule> modules = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            if (word.startsWith("[last")) {
                break;
            }
            int flags = word.indexOf('(');
            String name = flags < 0 ? word : word.substring(0, flags);
            if (!name.isEmpty()) {
                if (!isName(name)) {
                    return List.of();
                }
                modules.add(new LoggedModule(name, flags < 0 ? "" : flags(word, flags)));
            }
        }
        return modules;
    }

    private static String flags(String word, int from) {
        int end = word.indexOf(')', from);
        return word.substring(from + 1, end < 0 ? Math.min(word.length(), from + MOST_FLAGS) : end);
    }

    private static boolean isName(String name) {
        return name.chars().allMatch(c -> (Cursor.isSymbol((char) c) && c != '.') || c == '-');
    }
}

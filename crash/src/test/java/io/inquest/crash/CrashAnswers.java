package io.inquest.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes the text of crash's answers, ours or the peer's, apart into fields, so that tests compare what is said and not
/// how many blanks stand between.
public final class CrashAnswers {

    private CrashAnswers() {}

    /// `LABEL: value` lines by their label.
    public static Map<String, String> labelled(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 2).strip());
            }
        }
        return fields;
    }

    /// Rows of a table: the words of each line but the first.
    public static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        text.lines().skip(1).filter(line -> !line.isBlank()).forEach(line -> rows.add(words(line)));
        return rows;
    }

    /// Rows by the value of one column.
    public static Map<String, List<String>> rowsBy(int column, String text) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (List<String> row : rows(text)) {
            rows.put(row.get(column), row);
        }
        return rows;
    }

    /// The words of a line.
    public static List<String> words(String line) {
        return List.of(line.strip().split(" +"));
    }

    /// A stack: whose it is, its frames, and the registers of the last block.
    ///
    /// @param frames `function at address`, one each
    /// @param slots where on the stack each was found
    /// @param marks stack switches and exceptions, in order
    /// @param registers all registers of all blocks, in order
    public record Stack(
            String pid,
            String task,
            String cpu,
            String command,
            List<String> frames,
            List<String> slots,
            List<String> marks,
            List<String> registers) {}

    /// The stacks in an answer to `bt` by the task's address.
    public static Map<String, Stack> stacks(String text) {
        Map<String, Stack> stacks = new LinkedHashMap<>();
        Stack now = null;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("PID: ")) {
                List<String> words = words(line);
                String command = line.substring(line.indexOf("COMMAND: ") + 9);
                now = new Stack(
                        words.get(1),
                        words.get(3),
                        words.get(5),
                        command,
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
                stacks.put(now.task(), now);
            } else if (now != null) {
                add(line, now);
            }
        }
        return stacks;
    }

    private static void add(String line, Stack stack) {
        String text = line.strip();
        if (text.startsWith("#")) {
            stack.slots().add(text.substring(text.indexOf('[') + 1, text.indexOf(']')));
            stack.frames().add(text.substring(text.indexOf(']') + 2));
        } else if (text.startsWith("---") || text.startsWith("[exception")) {
            stack.marks().add(text);
        } else if (text.startsWith("R") || text.startsWith("ORIG_RAX")) {
            stack.registers().add(String.join(" ", words(text)));
        }
    }
}

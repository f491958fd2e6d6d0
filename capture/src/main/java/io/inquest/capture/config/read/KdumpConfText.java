package io.inquest.capture.config.read;

import io.inquest.capture.config.Origin;
import java.util.ArrayList;
import java.util.List;

/// The lines of kdump.conf, by the rules of kdump-utils (`kdump-lib-initramfs.sh`):
///
/// - a directive, blanks, and its value until the end of the line; blanks before the directive do not count;
/// - a line whose first other character is `#` is a comment, and so is what follows a `#` in a value: no quote and no
///   backslash keeps it;
/// - a value that begins and ends with `"` is what is between them.
///
/// There are neither continued lines nor variables nor further files. In one point this differs: a value like
/// `"a b" "c d"` keeps its outer quotes, which kdump-utils takes away, and so makes nonsense of it.
final class KdumpConfText {

    private final SourceFile file;
    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();

    private KdumpConfText(SourceFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /// What each line says; lines that say nothing are left out, what is wrong with others goes to `problems`.
    static List<Entry> entries(SourceFile file, Problems problems) {
        KdumpConfText text = new KdumpConfText(file, problems);
        String[] lines = file.text().split("\n", -1);
        for (int index = 0; index < lines.length; index++) {
            text.line(lines[index], new Origin.Line(file.name(), index + 1));
        }
        return text.entries;
    }

    private void line(String line, Origin.Line at) {
        String said = Words.strip(line);
        if (said.isEmpty() || said.startsWith("#")) {
            return;
        }
        if (said.endsWith("\r")) {
            problems.error(
                    at,
                    "the line ends in a carriage return, which would become part of its value; remove it"
                            + " from all lines with: sed -i 's/\\r$//' " + file.name());
            return;
        }
        int end = 0;
        while (end < said.length() && !Words.isBlank(said.charAt(end))) {
            end++;
        }
        String name = said.substring(0, end);
        String rest = Words.strip(said.substring(end));
        try {
            entries.add(new Entry(name, unquoted(withoutComment(name, rest, at)), at));
        } catch (Refused refused) {
            problems.error(at, refused.sentence());
        }
    }

    private String withoutComment(String name, String rest, Origin.Line at) throws Refused {
        int hash = rest.indexOf('#');
        if (hash < 0) {
            return rest;
        }
        String kept = Words.strip(rest.substring(0, hash));
        if (quotes(rest) % 2 == 0 && quotes(kept) % 2 != 0) {
            throw new Refused("the '#' begins a comment, also between quotes, and leaves " + name
                    + " with one quote of two; nothing can keep a '#' in a value");
        }
        if (hash > 0 && !Words.isBlank(rest.charAt(hash - 1))) {
            problems.warn(
                    at,
                    "a comment begins at every '#', so " + name + " is '" + kept + "'; nothing can keep a '#'"
                            + " in a value, and a comment is better set off by a blank");
        }
        return kept;
    }

    private static int quotes(String text) {
        int quotes = 0;
        for (int at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
            quotes++;
        }
        return quotes;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        if (!quoted) {
            return value;
        }
        String within = value.substring(1, value.length() - 1);
        return within.indexOf('"') >= 0 ? value : within;
    }
}

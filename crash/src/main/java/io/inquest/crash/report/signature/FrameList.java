package io.inquest.crash.report.signature;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.TabTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Functions that mean something for signatures, each with the kinds of death it does so for and the reason: one
/// of the data files beside this class.
///
/// A name may hold `*` (any characters) and `?` (any one).
public final class FrameList {

    private final Map<String, List<Entry>> exact;
    private final List<Entry> shapes;

    private record Entry(String name, Set<DeathKind> kinds, String reason) {

        boolean holds(DeathKind kind) {
            return kinds.contains(kind);
        }
    }

    private FrameList(Map<String, List<Entry>> exact, List<Entry> shapes) {
        this.exact = exact;
        this.shapes = shapes;
    }

    /// Functions that do not tell deaths apart, because they are part of many.
    public static FrameList skipped() {
        return read("skip.tsv");
    }

    /// Functions above which a stuck backtrace is told apart.
    static FrameList anchors() {
        return read("anchors.tsv");
    }

    /// Small functions of many callers.
    static FrameList weak() {
        return read("weak.tsv");
    }

    private static FrameList read(String file) {
        Map<String, List<Entry>> exact = new HashMap<>();
        List<Entry> shapes = new ArrayList<>();
        for (List<String> row : TabTable.rows(FrameList.class, file, 3)) {
            Entry entry = new Entry(row.get(0), kinds(row.get(1)), row.get(2));
            if (entry.name().indexOf('*') >= 0 || entry.name().indexOf('?') >= 0) {
                shapes.add(entry);
            } else {
                exact.computeIfAbsent(entry.name(), name -> new ArrayList<>(1)).add(entry);
            }
        }
        return new FrameList(exact, List.copyOf(shapes));
    }

    private static Set<DeathKind> kinds(String words) {
        if (words.equals("*")) {
            return EnumSet.allOf(DeathKind.class);
        }
        Set<DeathKind> kinds = EnumSet.noneOf(DeathKind.class);
        for (String word : words.split(",", -1)) {
            kinds.add(DeathKind.ofWord(word).orElseThrow(() -> new IllegalStateException(word)));
        }
        return kinds;
    }

    boolean contains(String function, DeathKind kind) {
        return reason(function, kind).isPresent();
    }

    /// Why the function is on the list for a kind of death; empty if it is not.
    public Optional<String> reason(String function, DeathKind kind) {
        for (Entry entry : exact.getOrDefault(function, List.of())) {
            if (entry.holds(kind)) {
                return Optional.of(entry.reason());
            }
        }
        for (Entry entry : shapes) {
            if (entry.holds(kind) && fits(entry.name(), 0, function, 0)) {
                return Optional.of(entry.reason());
            }
        }
        return Optional.empty();
    }

    private static boolean fits(String shape, int shapeAt, String name, int nameAt) {
        int s = shapeAt;
        int n = nameAt;
        while (s < shape.length()) {
            char c = shape.charAt(s++);
            if (c == '*') {
                for (int from = n; from <= name.length(); from++) {
                    if (s == shape.length() || fits(shape, s, name, from)) {
                        return true;
                    }
                }
                return false;
            }
            if (n == name.length() || (c != '?' && c != name.charAt(n))) {
                return false;
            }
            n++;
        }
        return n == name.length();
    }
}

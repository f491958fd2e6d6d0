package io.inquest.crash.report.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shape of a line: literal text with holes.
///
/// | In the pattern         | Matches                                                                  |
/// |------------------------|--------------------------------------------------------------------------|
/// | `{name}`               | any text up to what follows, and remembers it under the name             |
/// | `{name:d}`             | decimal digits                                                           |
/// | `{name:x}`             | hexadecimal digits, with or without `0x`                                 |
/// | `...` at the beginning | anything, so long as the rest begins a word: `DEBUG:` holds no `BUG:`    |
///
/// What follows the pattern in the line does not matter. Matching tries no alternatives: each hole ends at the
/// first place where the text behind it fits.
final class LinePattern {

    private static final String ANYWHERE = "...";

    private final boolean anywhere;
    private final List<Piece> pieces;

    private sealed interface Piece {
        /// Text that must be there.
        record Literal(String text) implements Piece {}

        /// A hole; `kind` is `d`, `x` or 0.
        record Hole(String name, char kind) implements Piece {}
    }

    private LinePattern(boolean anywhere, List<Piece> pieces) {
        this.anywhere = anywhere;
        this.pieces = pieces;
    }

    static LinePattern of(String pattern) {
        boolean anywhere = pattern.startsWith(ANYWHERE);
        Cursor cursor = new Cursor(anywhere ? pattern.substring(ANYWHERE.length()) : pattern);
        List<Piece> pieces = new ArrayList<>();
        while (!cursor.atEnd()) {
            int from = cursor.at();
            Optional<String> literal = cursor.before("{");
            if (literal.isEmpty()) {
                cursor.moveTo(from);
                pieces.add(new Piece.Literal(cursor.rest()));
                break;
            }
            if (!literal.get().isEmpty()) {
                pieces.add(new Piece.Literal(literal.get()));
            }
            String hole = cursor.before("}").orElseThrow(() -> new IllegalArgumentException(pattern));
            int colon = hole.indexOf(':');
            pieces.add(new Piece.Hole(
                    colon < 0 ? hole : hole.substring(0, colon), colon < 0 ? 0 : hole.charAt(colon + 1)));
        }
        return new LinePattern(anywhere, List.copyOf(pieces));
    }

    /// What the holes hold, if the line has this shape.
    Optional<Map<String, String>> match(String line) {
        if (!anywhere) {
            return matchAt(line, 0);
        }
        String first = pieces.getFirst() instanceof Piece.Literal(String text) ? text : "";
        for (int at = line.indexOf(first); at >= 0; at = line.indexOf(first, at + 1)) {
            if (at == 0 || !Cursor.isSymbol(line.charAt(at - 1))) {
                Optional<Map<String, String>> match = matchAt(line, at);
                if (match.isPresent()) {
                    return match;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Map<String, String>> matchAt(String line, int start) {
        Map<String, String> holes = new LinkedHashMap<>();
        Cursor cursor = new Cursor(line);
        cursor.moveTo(start);
        for (int i = 0; i < pieces.size(); i++) {
            switch (pieces.get(i)) {
                case Piece.Literal(String text) -> {
                    if (!cursor.skip(text)) {
                        return Optional.empty();
                    }
                }
                case Piece.Hole hole -> {
                    Optional<String> held = fill(hole, cursor, i + 1);
                    if (held.isEmpty()) {
                        return Optional.empty();
                    }
                    holes.put(hole.name(), held.get());
                }
            }
        }
        return Optional.of(holes);
    }

    private Optional<String> fill(Piece.Hole hole, Cursor cursor, int next) {
        return switch (hole.kind()) {
            case 'd' -> Optional.of(cursor.digits()).filter(digits -> !digits.isEmpty());
            case 'x' -> hexText(cursor);
            default -> anyText(cursor, next);
        };
    }

    private static Optional<String> hexText(Cursor cursor) {
        int from = cursor.at();
        String text = cursor.rest();
        return cursor.hex().isPresent() ? Optional.of(text.substring(0, cursor.at() - from)) : Optional.empty();
    }

    private Optional<String> anyText(Cursor cursor, int next) {
        if (next < pieces.size() && pieces.get(next) instanceof Piece.Literal(String end)) {
            Optional<String> before = cursor.before(end);
            before.ifPresent(text -> cursor.moveTo(cursor.at() - end.length()));
            return before;
        }
        String rest = cursor.rest();
        cursor.moveTo(cursor.at() + rest.length());
        return Optional.of(rest);
    }
}

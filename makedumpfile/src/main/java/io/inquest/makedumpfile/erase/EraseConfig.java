package io.inquest.makedumpfile.erase;

import io.inquest.dump.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of a makedumpfile.conf(5), section by section.
///
/// ```
/// [MODULE]                                  # vmlinux where no section begins
/// erase SYMBOL[.member...] [size N[K|M] | size SYMBOL[.member...] | nullify]
/// for ID in ARRAY | STRUCT via NEXT | HEAD within STRUCT:MEMBER
///     erase ID[.member...] [size ... | nullify]
/// endfor
/// ```
///
/// A line that says nothing sensible is told and skipped; the others count.
public record EraseConfig(List<Section> sections) {

    static final String VMLINUX = "vmlinux";

    /// The statements for one module, or for the kernel itself under the name `vmlinux`.
    record Section(String module, List<Statement> statements) {}

    /// Reads the text of a file; complaints go to `warnings`.
    public static EraseConfig parse(String text, Warnings warnings) {
        return new Parser(warnings).parse(text);
    }

    /// A mistake on a line.
    private static final class Mistake extends Exception {

        private static final long serialVersionUID = 1L;

        Mistake(String message) {
            super(message);
        }
    }

    private static final class Parser {

        private final Warnings warnings;
        private final List<Section> sections = new ArrayList<>();
        private List<Statement> statements = new ArrayList<>();
        private Statement.@Nullable Loop loop;
        private int line;

        Parser(Warnings warnings) {
            this.warnings = warnings;
        }

        EraseConfig parse(String text) {
            sections.add(new Section(VMLINUX, statements));
            for (String raw : text.lines().toList()) {
                line++;
                int comment = raw.indexOf('#');
                List<String> words = words(comment < 0 ? raw : raw.substring(0, comment));
                if (!words.isEmpty()) {
                    take(words);
                }
            }
            if (loop != null) {
                complain(loop.line(), "No matching 'endfor' found.");
            }
            return new EraseConfig(List.copyOf(sections));
        }

        private void take(List<String> words) {
            try {
                String first = words.getFirst();
                if (first.startsWith("[")) {
                    beginSection(words);
                } else {
                    switch (first) {
                        case "erase" -> takeErase(words);
                        case "for" -> beginLoop(words);
                        case "endfor" -> endLoop(words);
                        default -> throw new Mistake("Invalid token '" + first + "'.");
                    }
                }
            } catch (Mistake mistake) {
                complain(line, String.valueOf(mistake.getMessage()));
            }
        }

        private void complain(int at, String what) {
            warnings.warn("Config error at " + at + ": " + what);
        }

        private void beginSection(List<String> words) throws Mistake {
            String header = String.join("", words);
            if (!header.endsWith("]") || !MemberPath.isName(header.substring(1, header.length() - 1))) {
                throw new Mistake("Invalid section name '" + header + "'.");
            }
            if (loop != null) {
                complain(loop.line(), "No matching 'endfor' found.");
                loop = null;
            }
            statements = new ArrayList<>();
            sections.add(new Section(header.substring(1, header.length() - 1), statements));
        }

        private void takeErase(List<String> words) throws Mistake {
            if (words.size() < 2) {
                throw new Mistake("'erase' needs a symbol.");
            }
            Statement.Erase erase =
                    new Statement.Erase(line, path(words.get(1)), extent(words.subList(2, words.size())));
            Statement.Loop open = loop;
            if (open == null) {
                statements.add(erase);
            } else if (erase.path().root().equals(open.variable())) {
                open.body().add(erase);
            } else {
                throw new Mistake("'" + erase.path() + "' does not begin with '" + open.variable() + "'.");
            }
        }

        private Extent extent(List<String> words) throws Mistake {
            if (words.isEmpty()) {
                return new Extent.OfType();
            }
            if (words.size() == 1 && words.getFirst().equals("nullify")) {
                return new Extent.Nullify();
            }
            if (words.size() == 2 && words.getFirst().equals("size")) {
                Optional<Long> count = count(words.get(1));
                return count.isPresent() ? new Extent.Bytes(count.get()) : new Extent.ValueOf(path(words.get(1)));
            }
            throw new Mistake("Invalid token '" + words.getFirst() + "'.");
        }

        private void beginLoop(List<String> words) throws Mistake {
            if (loop != null) {
                throw new Mistake("Loops cannot be nested.");
            }
            if (words.size() < 4 || !words.get(2).equals("in") || !MemberPath.isName(words.get(1))) {
                throw new Mistake("A loop is: for ID in ARRAY, or STRUCT via MEMBER, or HEAD within STRUCT:MEMBER.");
            }
            loop = new Statement.Loop(line, words.get(1), source(words.subList(3, words.size())), new ArrayList<>());
        }

        private Statement.Source source(List<String> words) throws Mistake {
            MemberPath path = path(words.getFirst());
            if (words.size() == 1) {
                return new Statement.Source.Elements(path);
            }
            if (words.size() == 3 && words.get(1).equals("via") && MemberPath.isName(words.get(2))) {
                return new Statement.Source.Chain(path, words.get(2));
            }
            int colon = words.getLast().indexOf(':');
            if (words.size() == 3 && words.get(1).equals("within") && colon > 0) {
                String within = words.get(2);
                return new Statement.Source.Ring(path, within.substring(0, colon), within.substring(colon + 1));
            }
            throw new Mistake("Invalid token '" + words.get(1) + "'.");
        }

        private void endLoop(List<String> words) throws Mistake {
            if (loop == null || words.size() > 1) {
                throw new Mistake("Invalid token '" + words.getLast() + "'.");
            }
            statements.add(loop);
            loop = null;
        }

        private MemberPath path(String word) throws Mistake {
            MemberPath path = MemberPath.parse(word);
            if (!path.isWellFormed()) {
                throw new Mistake("Invalid token '" + word + "'.");
            }
            return path;
        }

        /// `N`, `NK` or `NM`; nothing where it is no number.
        private static Optional<Long> count(String word) throws Mistake {
            if (!Character.isDigit(word.charAt(0))) {
                return Optional.empty();
            }
            int shift = word.endsWith("K") ? 10 : word.endsWith("M") ? 20 : 0;
            String digits = shift == 0 ? word : word.substring(0, word.length() - 1);
            try {
                return Optional.of((long) Integer.parseInt(digits) << shift);
            } catch (NumberFormatException notANumber) {
                throw new Mistake("Invalid size '" + word + "'.");
            }
        }

        private static List<String> words(String text) {
            List<String> words = new ArrayList<>();
            for (String word : text.replace('\t', ' ').split(" ", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
            return words;
        }
    }
}

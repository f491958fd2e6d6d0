package io.inquest.crash.shell;

import io.inquest.crash.command.AllCommands;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Option;
import io.inquest.crash.session.Aliases.Alias;
import io.inquest.crash.session.Session;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a half-typed word may become: commands at the beginning of a line, then options, symbols, types, and behind a
/// dot
/// the members of a struct or of a variable.
public final class Completion {

    /// A word of fewer letters would match half of the kernel.
    private static final int FEWEST_LETTERS = 2;

    /// More than anybody reads.
    private static final int MOST_WORDS = 200;

    private final Session session;

    public Completion(Session session) {
        this.session = session;
    }

    /// Whole words that begin as the one that ends at the cursor, sorted.
    public List<String> words(String line, int cursor) {
        int start = cursor;
        while (start > 0 && " \t(|&*,".indexOf(line.charAt(start - 1)) < 0) {
            start--;
        }
        String word = line.substring(start, cursor);
        String before = line.substring(0, start).strip();
        TreeSet<String> found = new TreeSet<>();
        if (before.isEmpty()) {
            addCommands(word, found);
        } else if (word.startsWith("-")) {
            addOptions(before, word, found);
        } else if (before.equals("help")) {
            AllCommands.names().stream().filter(name -> name.startsWith(word)).forEach(found::add);
        } else {
            addNames(word, found);
        }
        return found.stream().limit(MOST_WORDS).toList();
    }

    private void addCommands(String word, Set<String> found) {
        AllCommands.names().stream().filter(name -> name.startsWith(word)).forEach(found::add);
        session.aliases().all().stream()
                .map(Alias::name)
                .filter(name -> name.startsWith(word))
                .forEach(found::add);
        if (found.isEmpty()) {
            addNames(word, found);
        }
    }

    private static void addOptions(String before, String word, Set<String> found) {
        int end = before.indexOf(' ');
        Optional<Command> command = AllCommands.find(end < 0 ? before : before.substring(0, end));
        if (command.isPresent()) {
            List<Option> options = new ArrayList<>(command.get().declaration().options());
            options.add(Option.JSON);
            options.stream()
                    .map(option -> "-" + option.name())
                    .filter(name -> name.startsWith(word))
                    .forEach(found::add);
        }
    }

    private void addNames(String word, Set<String> found) {
        try {
            int dot = word.lastIndexOf('.');
            if (dot > 0) {
                addMembers(word.substring(0, dot), word.substring(dot + 1), found);
            } else if (word.length() >= FEWEST_LETTERS) {
                found.addAll(session.kernel().symbols().startingWith(word));
                addTypes(word, found);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void addTypes(String word, Set<String> found) throws IOException {
        Types types = session.kernel().types();
        for (TypeKind kind : List.of(TypeKind.STRUCT, TypeKind.UNION, TypeKind.TYPEDEF)) {
            types.names(kind, name -> {
                if (name.startsWith(word)) {
                    found.add(name);
                }
            });
        }
    }

    /// `task_struct.se.vr`: the members of the struct, the typedef or the variable in front of the dot.
    private void addMembers(String path, String start, Set<String> found) throws IOException {
        int dot = path.indexOf('.');
        Optional<StructType> struct = named(dot < 0 ? path : path.substring(0, dot));
        if (struct.isPresent() && dot >= 0) {
            struct = struct.get().memberAt(path.substring(dot + 1)).flatMap(member -> asStruct(member.type()));
        }
        if (struct.isPresent()) {
            for (Member member : struct.get().members()) {
                if (member.name().startsWith(start)) {
                    found.add(path + "." + member.name());
                }
            }
        }
    }

    private Optional<StructType> named(String name) throws IOException {
        Types types = session.kernel().types();
        Optional<StructType> struct = types.findStruct(name);
        return struct.isPresent()
                ? struct
                : types.find(name).or(() -> types.variable(name)).flatMap(Completion::asStruct);
    }

    private static Optional<StructType> asStruct(KernelType type) {
        return type.plain() instanceof StructType struct ? Optional.of(struct) : Optional.empty();
    }
}

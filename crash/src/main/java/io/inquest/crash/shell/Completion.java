package io.inquest.crash.shell;

import io.inquest.crash.command.AllCommands;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.task.ForeachCommand;
import io.inquest.crash.command.task.ForeachSelection;
import io.inquest.crash.command.task.SetCommand;
import io.inquest.crash.session.Aliases.Alias;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Variable;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a half-typed word may become: commands at the beginning of a line, then options; tasks by number and
/// name for the commands that are about tasks; symbols, types, and behind a dot the members of a struct or of a
/// variable.
public final class Completion {

    /// A word of fewer letters would match half of the kernel.
    private static final int FEWEST_LETTERS = 2;

    /// More than anybody reads.
    private static final int MOST_WORDS = 200;

    private final Session session;
    private final TypeNames types;

    public Completion(Session session) {
        this.session = session;
        this.types =
                new TypeNames(names -> TypeNames.of(session.kernel().types()).forEach(names));
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
        } else if (command(before).filter(Completion::isAboutTasks).isPresent()) {
            addTaskWords(before, word, found);
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

    private void addOptions(String before, String word, Set<String> found) {
        Optional<Command> command = command(before);
        if (command.isPresent()) {
            List<Option> options = new ArrayList<>(command.get().declaration().options());
            options.add(Option.JSON);
            options.stream()
                    .map(option -> "-" + option.name())
                    .filter(name -> name.startsWith(word))
                    .forEach(found::add);
        }
    }

    /// The command that words belong to: with `foreach` the one that is run for each task, once it is there.
    private Optional<Command> command(String before) {
        List<String> words = List.of(before.split(" +", -1));
        String first =
                session.aliases().find(words.getFirst()).map(Alias::commandLine).orElse(words.getFirst());
        if (first.equals(ForeachCommand.NAME)) {
            Optional<String> inner = words.stream()
                    .skip(1)
                    .filter(ForeachCommand.COMMANDS::contains)
                    .findFirst();
            return AllCommands.find(inner.orElse(first));
        }
        int end = first.indexOf(' ');
        return AllCommands.find(end < 0 ? first : first.substring(0, end));
    }

    private static boolean isAboutTasks(Command command) {
        return command instanceof ForeachCommand
                || command.declaration().argument().startsWith("pid");
    }

    private void addTaskWords(String before, String word, Set<String> found) {
        if (command(before).filter(ForeachCommand.class::isInstance).isPresent()) {
            addStarting(ForeachCommand.COMMANDS, word, found);
            addStarting(ForeachSelection.WORDS, word, found);
        }
        if (command(before).filter(SetCommand.class::isInstance).isPresent()) {
            addStarting(Stream.of(Variable.values()).map(Variable::word).toList(), word, found);
        }
        boolean isNumber = !word.isEmpty() && Character.isDigit(word.charAt(0));
        try {
            for (Task task : session.kernel().tasks()) {
                addStarting(taskWords(task, isNumber), word, found);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Its number, if one has been begun, or its name; one with blanks would have to be quoted.
    private static List<String> taskWords(Task task, boolean isNumber) {
        try {
            if (isNumber) {
                return List.of(Integer.toString(task.pid()));
            }
            return task.comm().indexOf(' ') < 0 ? List.of(task.comm()) : List.of();
        } catch (MemoryFault lost) {
            return List.of();
        }
    }

    private static void addStarting(Collection<String> words, String start, Set<String> found) {
        words.stream().filter(each -> each.startsWith(start)).forEach(found::add);
    }

    private void addNames(String word, Set<String> found) {
        try {
            int dot = word.lastIndexOf('.');
            if (dot > 0) {
                addMembers(word.substring(0, dot), word.substring(dot + 1), found);
            } else if (word.length() >= FEWEST_LETTERS) {
                found.addAll(session.kernel().symbols().startingWith(word));
                found.addAll(types.startingWith(word));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
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
        Types all = session.kernel().types();
        Optional<StructType> struct = all.findStruct(name);
        return struct.isPresent()
                ? struct
                : all.find(name).or(() -> all.variable(name)).flatMap(Completion::asStruct);
    }

    private static Optional<StructType> asStruct(KernelType type) {
        return type.plain() instanceof StructType struct ? Optional.of(struct) : Optional.empty();
    }
}

package io.inquest.crash.command;

import java.util.ArrayList;
import java.util.List;

/// What a command is called, takes and does.
///
/// ```java
/// Declaration.of("ptob", "physical address of a page frame")
///         .takes("pfn", 1, Declaration.ANY_NUMBER)
///         .option(BITS)
///         .details("""…""")
///         .example("ptob 512a", "the first byte of the page frame 0x512a");
/// ```
///
/// @param name the word that runs it
/// @param summary what it does, in a few words
/// @param options in the order of the help
/// @param argument what its arguments are called, empty if it takes none
/// @param least fewest arguments
/// @param most most arguments
/// @param details more help, in paragraphs
/// @param examples command lines and what they answer
public record Declaration(
        String name,
        String summary,
        List<Option> options,
        String argument,
        int least,
        int most,
        String details,
        List<Example> examples) {

    public static final int ANY_NUMBER = Integer.MAX_VALUE;

    /// A command line and what it is good for.
    public record Example(String commandLine, String purpose) {}

    public Declaration {
        options = List.copyOf(options);
        examples = List.copyOf(examples);
    }

    /// A command without options and arguments.
    public static Declaration of(String name, String summary) {
        return new Declaration(name, summary, List.of(), "", 0, 0, "", List.of());
    }

    /// Adds options.
    public Declaration options(Option... more) {
        List<Option> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Declaration(name, summary, all, argument, least, most, details, examples);
    }

    /// Takes from `fewest` to `greatest` arguments of which `what` is the name.
    public Declaration takes(String what, int fewest, int greatest) {
        return new Declaration(name, summary, options, what, fewest, greatest, details, examples);
    }

    /// Adds paragraphs to the help.
    public Declaration details(String paragraphs) {
        return new Declaration(name, summary, options, argument, least, most, paragraphs, examples);
    }

    /// Adds an example to the help.
    public Declaration example(String commandLine, String purpose) {
        List<Example> all = new ArrayList<>(examples);
        all.add(new Example(commandLine, purpose));
        return new Declaration(name, summary, options, argument, least, most, details, all);
    }

    /// One line: `ps [-aAkmp] [-C cpus] [pid | task | command]...`.
    public String synopsis() {
        StringBuilder line = new StringBuilder(name);
        StringBuilder letters = new StringBuilder();
        for (Option option : options) {
            if (option.value() == null && option.name().length() == 1) {
                letters.append(option.name());
            }
        }
        if (!letters.isEmpty()) {
            line.append(" [-").append(letters).append(']');
        }
        for (Option option : options) {
            if (option.value() != null || option.name().length() > 1) {
                line.append(" [").append(option.spelled()).append(']');
            }
        }
        if (!argument.isEmpty()) {
            String each = least == 0 ? "[" + argument + "]" : argument;
            line.append(' ').append(each).append(most > 1 ? "..." : "");
        }
        return line.toString();
    }

    /// What the words after the command's name mean, or [io.inquest.crash.UsageException].
    public Arguments parse(List<String> words) {
        return new ArgumentParser(this).parse(words);
    }
}

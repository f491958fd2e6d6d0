package io.inquest.cli.document;

import java.util.List;
import picocli.CommandLine;

/// The text of `inquest --help`: what there is, grouped by what one wants to do, and how one begins.
///
/// The build writes it to a file that the launcher prints, so that asking for help takes no time.
public final class HelpText {

    private static final int NAME_WIDTH = 24;

    /// Everything the program can do; a test fails when a command is in none of the groups.
    static final List<Group> GROUPS = List.of(
            new Group("Look into a dump", List.of("report", "crash", "dump info", "dmesg", "explain")),
            new Group(
                    "Make dumps small, check, save and convert them",
                    List.of("makedumpfile", "dump verify", "dump salvage", "dump convert")),
            new Group(
                    "Be ready for the next crash",
                    List.of("kdump config", "kdump image", "kexec", "capture", "kdump list", "kdump extract")),
            new Group("For scripts written for other programs", List.of("vmcore-dmesg")),
            new Group("This program", List.of("completion")));

    private static final String EXAMPLES = """
            Examples:
              inquest report vmcore                  how did it die?
              inquest crash vmcore -c bt             crash(8)'s commands; a prompt without -c
              inquest jshell vmcore                  the kernel as Java objects, at the JDK's own prompt
              inquest dump info vmcore               what is this file, is it whole, what does it hold?
              inquest dmesg --level err+ vmcore      the log's errors, with the panic at the end
              inquest makedumpfile -z -d 31 vmcore vmcore.small
                                                     leave out what an analysis does not need, compress the rest
              inquest explain vmcore.small 0x1a2b3c000
                                                     why is this page not in the dump?
              bin/makedumpfile -F -l -d 31 /proc/vmcore | ssh host makedumpfile-R.pl vmcore
                                                     as makedumpfile(8), option for option
            """;

    private HelpText() {}

    /// Commands that serve one purpose.
    ///
    /// @param title the purpose
    /// @param commands their names, words of sub-commands separated by spaces
    record Group(String title, List<String> commands) {}

    public static String of(CommandLine root) {
        StringBuilder text = new StringBuilder();
        text.append(root.getCommandSpec().usageMessage().header()[0]).append("\n\n");
        text.append("Usage: inquest COMMAND [OPTION...] [FILE...]\n");
        for (Group group : GROUPS) {
            text.append('\n').append(group.title()).append(":\n");
            for (String name : group.commands()) {
                CommandLine command = find(root, name);
                if (command != null) {
                    text.append("  ").append(name).append(" ".repeat(Math.max(1, NAME_WIDTH - name.length())));
                    text.append(summary(command)).append('\n');
                }
            }
        }
        text.append('\n').append(EXAMPLES);
        text.append("""

                Exit codes: 0 done; 1 failed; 2 wrong command line; 3 done, but parts of the dump could not be read;
                4 done, and the dump is damaged.
                Each command has --help; `--debug` shows where in the program an error arose.
                A file may be /proc/vmcore, an ELF core, kdump-compressed, flattened, or several parts of a split dump.
                """);
        return text.toString();
    }

    static @org.jspecify.annotations.Nullable CommandLine find(CommandLine root, String name) {
        CommandLine command = root;
        for (String word : name.split(" ", -1)) {
            command = command.getSubcommands().get(word);
            if (command == null) {
                return null;
            }
        }
        return command;
    }

    /// The first sentence of the command's header, without its full stop.
    private static String summary(CommandLine command) {
        String header = command.getCommandSpec().usageMessage().header()[0];
        return header.endsWith(".") ? header.substring(0, header.length() - 1) : header;
    }
}

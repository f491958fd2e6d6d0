package io.inquest.cli.crash;

import io.inquest.crash.UsageException;
import io.inquest.dump.DumpException;
import io.inquest.dump.io.GivenName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of `inquest crash`.
///
/// @param files dump and vmlinux, in any order
/// @param commands of `-c`
/// @param inputs of `-i`
/// @param debugFolders of `--debug-dir`
/// @param btf whether the kernel's own types are used; without, a vmlinux has to tell them
record CrashOptions(
        List<Path> files,
        List<String> commands,
        List<Path> inputs,
        List<Path> debugFolders,
        boolean silent,
        boolean json,
        boolean hexadecimal,
        boolean debugFiles,
        boolean btf,
        boolean crashrc,
        boolean scroll) {

    /// Throws a [UsageException] for what is not understood, and a [DumpException] for a name that
    /// Java cannot use. `--no_scroll` and `--no_crashrc` are crash's spelling.
    static CrashOptions parse(String... args) throws DumpException {
        List<Path> files = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        List<Path> inputs = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        boolean silent = false;
        boolean json = false;
        boolean hexadecimal = false;
        boolean debugFiles = true;
        boolean btf = true;
        boolean crashrc = true;
        boolean scroll = true;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "-c" -> commands.add(value(args, ++i));
                case "-i" -> inputs.add(GivenName.path(value(args, ++i)));
                case "--debug-dir" -> folders.add(GivenName.path(value(args, ++i)));
                case "-s" -> silent = true;
                case "--json" -> json = true;
                case "--hex" -> hexadecimal = true;
                case "--no-debug-files" -> debugFiles = false;
                case "--no-btf" -> btf = false;
                case "--no-crashrc", "--no_crashrc" -> crashrc = false;
                case "--no-scroll", "--no_scroll" -> scroll = false;
                case String word
                when word.startsWith("--debug-dir=") ->
                    folders.add(GivenName.path(word.substring("--debug-dir=".length())));
                case String word
                when word.startsWith("-") && word.length() > 1 ->
                    throw new UsageException("there is no option " + word);
                default -> files.add(GivenName.path(args[i]));
            }
        }
        if (files.isEmpty()) {
            throw new UsageException("no dump given");
        }
        return new CrashOptions(
                files, commands, inputs, folders, silent, json, hexadecimal, debugFiles, btf, crashrc, scroll);
    }

    private static String value(String[] args, int at) {
        if (at == args.length) {
            throw new UsageException(args[at - 1] + " needs a value");
        }
        return args[at];
    }
}

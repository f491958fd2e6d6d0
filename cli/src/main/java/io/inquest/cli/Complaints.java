package io.inquest.cli;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The only place where failures become text and an exit code: one line each, unless `--debug` asks for more.
final class Complaints implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final InquestCommand root;

    Complaints(InquestCommand root) {
        this.root = root;
    }

    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("inquest: " + SafeText.line(mistake(mistake, List.of(args))));
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String mistake(ParameterException mistake, List<String> args) {
        // Picocli looks for options that it abbreviates, and for the letter behind the dash.
        if (mistake.getCause() instanceof IndexOutOfBoundsException && args.contains("-")) {
            return "- is no file: dumps are not read from standard input; give the name of the file";
        }
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            List<String> alike = unmatched.getSuggestions();
            String kind = word.startsWith("-") ? "there is no option " : "there is no command ";
            return kind + word + (alike.isEmpty() ? "" : "; did you mean " + String.join(" or ", alike) + "?");
        }
        // Of a file's name that cannot be used.
        return FailureSentence.of(mistake.getCause() instanceof DumpException name ? name : mistake);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        // What the command had answered until then comes first.
        command.getOut().flush();
        boolean expected = failure instanceof IOException || failure instanceof MemoryFault;
        if (expected) {
            err.println("inquest: " + SafeText.line(FailureSentence.of(failure)));
        } else {
            err.println("inquest: this is a defect of Inquest, please report it: " + SafeText.line(failure.toString()));
        }
        if (root.debug || !expected) {
            failure.printStackTrace(err);
        }
        return expected ? command.getCommandSpec().exitCodeOnExecutionException() : ExitCode.DEFECT;
    }
}

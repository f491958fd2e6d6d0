package io.inquest.makedumpfile;

import io.inquest.makedumpfile.message.Events;
import io.inquest.makedumpfile.message.JsonEvents;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Refusal;
import io.inquest.makedumpfile.option.Refusal.RefusedException;
import io.inquest.makedumpfile.option.Task;
import io.inquest.makedumpfile.pipeline.Outcome;
import io.inquest.makedumpfile.pipeline.Work;
import java.util.Locale;

/// makedumpfile(8): the same options, messages and exit codes.
public final class MakedumpfileCommand {

    private static final String HINT =
            "Commandline parameter is invalid.\nTry `makedumpfile --help' for more information.\n";

    private MakedumpfileCommand() {}

    /// Runs the command; the result is its exit code.
    public static int run(String[] args, Streams streams) {
        Options options;
        try {
            options = CommandLine.parse(args);
        } catch (RefusedException refused) {
            tell(refused.refusal(), streams);
            return ExitCode.FAILED;
        }
        Options.Reporting reporting = options.reporting();
        Messages messages = messages(reporting, streams);
        return switch (options.task()) {
            case SHOW_USAGE -> say(Usage.TEXT, messages);
            case SHOW_VERSION -> say(Version.TEXT, messages);
            case NOTHING -> ExitCode.COMPLETED;
            case CONVERT -> throw new IllegalStateException("no option asks for " + options.task());
            case GENERATE, REARRANGE, REASSEMBLE, SAVE_LOG, MEASURE, ESTIMATE, PLAN_MEMORY, CREATE -> {
                messages.debug(Version.LINE + "command line: makedumpfile " + String.join(" ", args) + "\n\n");
                yield finish(options.task(), Work.run(options, streams.in(), streams.out(), messages), messages);
            }
        };
    }

    /// With `--json` standard output is for events, and text goes where errors go.
    private static Messages messages(Options.Reporting reporting, Streams streams) {
        Events events = reporting.events()
                ? new JsonEvents(reporting.stdoutTaken() ? streams.err() : streams.out())
                : Events.NONE;
        boolean stdoutTaken = reporting.stdoutTaken() || reporting.events();
        return new Messages(streams.out(), streams.err(), reporting.messageLevel(), stdoutTaken, events);
    }

    private static int say(String text, Messages messages) {
        messages.common(text);
        return ExitCode.COMPLETED;
    }

    private static void tell(Refusal refusal, Streams streams) {
        Messages messages = new Messages(streams.out(), streams.err(), refusal.messageLevel(), refusal.stdoutTaken());
        if (!refusal.getoptLine().isEmpty()) {
            messages.always(refusal.getoptLine() + "\n");
        }
        for (String line : refusal.lines()) {
            messages.common(line + "\n");
        }
        if (refusal.hint()) {
            messages.common(HINT);
        }
        if (refusal.closing()) {
            messages.common("\nmakedumpfile Failed.\n");
        }
    }

    private static int finish(Task task, Outcome outcome, Messages messages) {
        messages.events().end(outcome.name().toLowerCase(Locale.ROOT));
        messages.common(ending(task, outcome));
        return switch (outcome) {
            case COMPLETED -> ExitCode.COMPLETED;
            case FAILED -> ExitCode.FAILED;
            case WRONG_RELEASE -> ExitCode.WRONG_RELEASE;
            case ANALYSIS_ERROR -> ExitCode.ANALYSIS_ERROR;
            case NOT_ERASED -> ExitCode.NOT_ERASED;
        };
    }

    /// Tables stand for themselves.
    private static String ending(Task task, Outcome outcome) {
        if (outcome != Outcome.COMPLETED) {
            return "\nmakedumpfile Failed.\n";
        }
        return switch (task) {
            case MEASURE, ESTIMATE, PLAN_MEMORY -> "\n";
            default -> "\nmakedumpfile Completed.\n";
        };
    }
}

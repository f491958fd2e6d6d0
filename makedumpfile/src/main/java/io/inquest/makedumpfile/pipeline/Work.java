package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.InputFiles;
import io.inquest.makedumpfile.Conversion;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.Options;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Does what the options ask for, and tells failures in makedumpfile's words.
public final class Work {

    private Work() {}

    /// Does the work. Data goes to `out` only where the options say so.
    public static Outcome run(Options options, InputStream in, OutputStream out, Messages messages) {
        messages.quote(options.inputs());
        messages.quote(options.outputs());
        Run run = new Run(options, in, out, messages);
        return InputFiles.remember(() -> run(run, messages));
    }

    private static Outcome run(Run run, Messages messages) {
        try (Interruption _ = Interruption.listen(run)) {
            OutputFiles.check(run.options());
            return perform(run);
        } catch (CommandFailure failure) {
            messages.failure(failure.getMessage() + "\n");
            return failure.outcome();
        } catch (IOException failure) {
            messages.failure("makedumpfile: " + failure.getMessage() + "\n");
            return Outcome.FAILED;
        } catch (MemoryFault fault) {
            messages.failure("readmem: " + fault.getMessage() + "\n");
            return Outcome.FAILED;
        }
    }

    /// Writes what the operands but the last hold to the last one. Failures are thrown, in plain words, and
    /// only warnings are told.
    public static void convert(Options options, Warnings warnings, Conversion.Watcher watcher) throws IOException {
        Messages messages = Messages.warningsOnly(warnings);
        Run run = new Run(options, InputStream.nullInputStream(), OutputStream.nullOutputStream(), messages);
        InputFiles.<@Nullable Void, IOException>remember(() -> {
            try (Interruption _ = Interruption.listen(run)) {
                OutputFiles.check(options);
                new Creation(run).convert(watcher);
            } catch (CommandFailure failure) {
                throw failure.plain();
            }
            return null;
        });
    }

    private static Outcome perform(Run run) throws IOException {
        return switch (run.options().task()) {
            case CREATE -> new Creation(run).create();
            case SAVE_LOG -> new LogSaving(run.options(), run.stdout(), run.messages()).run();
            case MEASURE -> new Measuring(run).measure();
            case ESTIMATE -> new Estimating(run).estimate();
            case PLAN_MEMORY -> new MemoryPlanning(run).plan();
            case GENERATE -> new Generating(run).generate();
            case REARRANGE -> new Rearranging(run).rearrange();
            case REASSEMBLE -> new Reassembling(run).reassemble();
            case CONVERT, SHOW_USAGE, SHOW_VERSION, NOTHING ->
                throw new IllegalArgumentException(run.options().task().name());
        };
    }
}

package io.inquest.cli.capture;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What help, manual pages and completion say of `inquest capture`; [io.inquest.capture.CaptureCommand] runs it, since
/// a
/// capture kernel has no picocli. A test holds the two lists of options together.
@Command(
        name = "capture",
        header = "Saves the memory of a crashed kernel as it is configured, in the capture kernel.",
        description = {
            "Saves the log, a report of the death, the dump and a manifest to the first target that takes them, each file"
                    + " read back before it has its name. What fails is told, and what can be saved without it is saved.",
            "With --from and --target it does the same with any dump and any folder, as a rehearsal.",
            "The exit code is 0 when all is saved, 3 when something is, 1 when nothing is."
        })
public final class CaptureEntry implements Runnable {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Read this configuration file, and no other, instead of those in /etc; may be given several"
                    + " times.")
    @SuppressWarnings("UnusedVariable")
    private List<Path> files = List.of();

    @Option(names = "--from", paramLabel = "DUMP", description = "Save this memory, not /proc/vmcore.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable Path vmcore;

    @Option(
            names = "--target",
            paramLabel = "DIR",
            description = "Save to a new folder in this one, whatever targets are configured; given several times, the"
                    + " next is tried when one fails.")
    @SuppressWarnings("UnusedVariable")
    private List<Path> folders = List.of();

    @Option(
            names = "--prepare",
            paramLabel = "PROGRAM",
            description =
                    "Have this program make the configured targets ready: PROGRAM prepare N prints the folder or the"
                            + " device of the Nth, counted from 0, PROGRAM release N ends its use.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable String prepare;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "Write each step to DIR/state as well, and set the time of DIR/alive while something goes on.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable Path run;

    public CaptureEntry() {}

    @Override
    public void run() {
        throw new IllegalStateException("capture is run by CaptureCommand");
    }
}

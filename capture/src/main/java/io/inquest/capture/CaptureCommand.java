package io.inquest.capture;

import io.inquest.capture.CaptureOptions.UsageException;
import io.inquest.capture.act.Act;
import io.inquest.capture.act.Surroundings;
import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.FailureAction;
import io.inquest.capture.config.Network;
import io.inquest.capture.config.Problem;
import io.inquest.capture.config.Reading;
import io.inquest.capture.config.Target;
import io.inquest.capture.config.read.ConfigurationFiles;
import io.inquest.capture.config.read.ConfigurationReader;
import io.inquest.capture.config.read.SourceFile;
import io.inquest.capture.journal.Heartbeat;
import io.inquest.capture.journal.Journal;
import io.inquest.capture.program.Programs;
import io.inquest.capture.storage.GivenTarget;
import io.inquest.capture.storage.PageCache;
import io.inquest.capture.storage.PreparedTarget;
import io.inquest.capture.storage.TargetCandidate;
import io.inquest.capture.storage.ssh.SshTarget;
import io.inquest.dump.io.InputFiles;
import io.inquest.makedumpfile.Streams;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `inquest capture`: saves a crash as it is configured. Exit status: 0 all of it is saved, 3 something of it, 1
/// nothing, 2
/// the command line is wrong.
public final class CaptureCommand {

    private static final int NOTHING_SAVED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String SSH = "ssh";
    private static final Duration SSH_PAUSE = Duration.ofSeconds(3);
    private static final Path RUN = Path.of("/run");

    private final CaptureOptions options;
    private final Streams streams;
    private final InstantSource clock = InstantSource.system();

    private CaptureCommand(CaptureOptions options, Streams streams) {
        this.options = options;
        this.streams = streams;
    }

    /// Runs the command; the result is its exit status.
    public static int run(String[] args, Streams streams) {
        try {
            CaptureCommand command = new CaptureCommand(CaptureOptions.parse(args), streams);
            return InputFiles.remember(command::run);
        } catch (UsageException mistake) {
            line(streams.err(), String.valueOf(mistake.getMessage()));
            line(streams.err(), "Try: inquest capture --help");
            return WRONG_USAGE;
        } catch (IOException failure) {
            line(streams.err(), String.valueOf(failure.getMessage()));
            return NOTHING_SAVED;
        }
    }

    private int run() throws IOException {
        Configuration configuration = configuration();
        try (Journal journal = new Journal(clock, sentence -> line(streams.out(), sentence))) {
            Heartbeat heartbeat = heartbeat(journal);
            Surroundings around = Surroundings.of(
                    options.vmcore(),
                    clock,
                    journal,
                    heartbeat,
                    options.isInCaptureKernel() ? PageCache.ofCaptureKernel() : PageCache.shared());
            Act act = new Act(
                    configuration,
                    options.vmcore(),
                    targets(configuration, around),
                    lastResort(configuration, around.programs()),
                    around);
            return act.run().status();
        }
    }

    private Heartbeat heartbeat(Journal journal) throws IOException {
        if (options.run().isEmpty()) {
            return Heartbeat.unwatched();
        }
        Path folder = options.run().get();
        journal.writeTo(folder.resolve("state"));
        return Heartbeat.of(folder.resolve("alive"), clock);
    }

    /// What is configured. A mistake in it must not cost the dump: it is told, and then all is as if nothing was said.
    private Configuration configuration() {
        List<SourceFile> sources = new ArrayList<>();
        try {
            for (Path file : options.files().isEmpty() ? ConfigurationFiles.present() : options.files()) {
                sources.add(SourceFile.read(file));
            }
        } catch (IOException unreadable) {
            complain("the configuration cannot be read: " + unreadable.getMessage());
        }
        return switch (ConfigurationReader.read(sources)) {
            case Reading.Valid valid -> valid.configuration();
            case Reading.Invalid invalid -> {
                for (Problem error : invalid.errors()) {
                    complain(error.toString());
                }
                complain("the configuration is wrong; saving as if there was none");
                yield byDefault();
            }
        };
    }

    private void complain(String sentence) {
        line(streams.err(), sentence);
    }

    private static Configuration byDefault() {
        return switch (ConfigurationReader.read(List.of())) {
            case Reading.Valid valid -> valid.configuration();
            case Reading.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    private List<TargetCandidate> targets(Configuration configuration, Surroundings around) throws IOException {
        List<TargetCandidate> targets = new ArrayList<>();
        for (Path folder : options.folders()) {
            targets.add(new GivenTarget(folder));
        }
        if (!targets.isEmpty()) {
            return targets;
        }
        for (Destination destination : configuration.saving().destinations()) {
            targets.add(target(destination, targets.size(), configuration.network(), around));
        }
        return targets;
    }

    private TargetCandidate target(Destination destination, int number, Network network, Surroundings around)
            throws IOException {
        Target target = destination.target().value();
        if (target instanceof Target.Ssh ssh) {
            return new SshTarget(
                    ssh,
                    destination.path().value(),
                    network,
                    SSH,
                    options.run().orElse(RUN),
                    SSH_PAUSE,
                    around.heartbeat());
        }
        if (options.prepare().isPresent()) {
            return new PreparedTarget(number, target, options.prepare().get(), around.programs());
        }
        if (target instanceof Target.RunningSystem) {
            return new GivenTarget(Path.of(destination.path().value().text()));
        }
        throw new IOException(
                target + ": nothing makes it ready; give the folder where it is mounted with --target, or a"
                        + " program that mounts it with --prepare");
    }

    private Optional<TargetCandidate> lastResort(Configuration configuration, Programs programs) {
        boolean wanted = configuration.actions().failure().value() instanceof FailureAction.Known(var kind)
                && kind == FailureAction.Kind.DUMP_TO_ROOTFS;
        return wanted && options.prepare().isPresent()
                ? Optional.of(new PreparedTarget(
                        configuration.saving().destinations().size(),
                        new Target.RunningSystem(),
                        options.prepare().get(),
                        programs))
                : Optional.empty();
    }

    private static void line(OutputStream out, String sentence) {
        try {
            out.write(("inquest: " + SafeText.line(sentence) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException nobodyReads) {
            // Telling is not what the act is for.
        }
    }
}

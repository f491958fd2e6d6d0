package io.inquest.capture.storage;

import io.inquest.capture.config.Server;
import io.inquest.capture.config.Target;
import io.inquest.capture.program.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A target that another program makes ready: in the capture kernel that is process 1, which waits for its device and
/// mounts it.
///
/// ```
/// PROGRAM prepare NUMBER      prints the folder or the device; exits with another status than 0 if it cannot be had
/// PROGRAM release NUMBER      makes durable what was written, and unmounts it
/// ```
///
/// @param number counts the destinations of the configuration from 0
/// @param target for messages
public record PreparedTarget(int number, Target target, String program, Programs programs) implements TargetCandidate {

    /// Devices have half a minute to appear; servers need longer.
    private static final Duration MOST_TIME = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "target " + number + " (" + target + ")";
    }

    @Override
    public Optional<Server> server() {
        return switch (target) {
            case Target.RunningSystem _, Target.FileSystem _, Target.RawDevice _, Target.Mounted _ -> Optional.empty();
            case Target.Nfs nfs -> Optional.of(nfs.server());
            case Target.Ssh ssh -> Optional.of(ssh.login().server());
            case Target.Ftp ftp -> Optional.of(ftp.server());
            case Target.Cifs cifs -> Optional.of(cifs.server());
        };
    }

    @Override
    public CrashPlace open(FolderName name) throws IOException {
        Programs.Answer answer = programs.ask(List.of(program, "prepare", Integer.toString(number)), MOST_TIME);
        if (answer.line().isEmpty()) {
            throw new IOException(
                    program + " prepare " + number + " " + answer.end().describe());
        }
        return TargetCandidate.placeAt(Path.of(answer.line().get()), name);
    }

    @Override
    public void close() {
        programs.run(List.of(program, "release", Integer.toString(number)), MOST_TIME);
    }
}

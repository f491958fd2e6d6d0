package io.inquest.capture.program;

import io.inquest.output.Elapsed;
import java.time.Duration;

/// How another program ended.
public sealed interface ProgramEnd {

    /// What is told of it, behind the program's name.
    String describe();

    /// By itself.
    record Exited(int status) implements ProgramEnd {

        @Override
        public String describe() {
            return "exited with " + status;
        }
    }

    /// It took longer than it may, and was killed.
    record TooLong(Duration limit) implements ProgramEnd {

        @Override
        public String describe() {
            return "was ended, as it took longer than " + Elapsed.format(limit.toNanos());
        }
    }

    /// It could not be started.
    ///
    /// @param reason the system's
    record NotStarted(String reason) implements ProgramEnd {

        @Override
        public String describe() {
            return "could not be started: " + reason;
        }
    }

    /// What it reads or writes broke.
    ///
    /// @param reason the system's
    record Broken(String reason) implements ProgramEnd {

        @Override
        public String describe() {
            return "was ended: " + reason;
        }
    }

    default boolean succeeded() {
        return this instanceof Exited(int status) && status == 0;
    }
}

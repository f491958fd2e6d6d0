package io.inquest.capture.place;

import io.inquest.capture.config.Collector;
import io.inquest.capture.config.Target;
import java.util.ArrayList;
import java.util.List;

/// How a collector's dump gets to a target.
///
/// | target     | collector             | what happens                                                       |
/// |------------|-----------------------|--------------------------------------------------------------------|
/// | a folder   | makedumpfile          | our own writes `FOLDER/vmcore`                                     |
/// | a folder   | `cp --sparse=always`  | `cp --sparse=always /proc/vmcore FOLDER/vmcore`                    |
/// | raw        | makedumpfile          | our own, flattened, into the device                                |
/// | raw        | `cat`                 | `cat /proc/vmcore`, its output into the device                     |
/// | ssh        | makedumpfile          | our own, flattened, into `FOLDER/vmcore.flat` at the far side      |
/// | ssh        | `cat`                 | `cat /proc/vmcore`, its output into `FOLDER/vmcore` at the far side |
/// | ssh        | `scp`                 | `scp /proc/vmcore user@host:FOLDER/vmcore`                         |
public sealed interface DumpWriting {

    String MEMORY = "/proc/vmcore";

    /// The file's name once it is whole.
    String fileName();

    /// Our makedumpfile writes a file.
    record OwnFile(List<String> options) implements DumpWriting {

        @Override
        public String fileName() {
            return "vmcore";
        }
    }

    /// Our makedumpfile writes a flattened stream, which `makedumpfile -R` makes a file of.
    record OwnStream(List<String> options) implements DumpWriting {

        @Override
        public String fileName() {
            return "vmcore.flat";
        }
    }

    /// A command writes a file that it is told the name of.
    record CommandToFile(List<String> words) implements DumpWriting {

        @Override
        public String fileName() {
            return "vmcore";
        }

        /// The command line.
        public List<String> writing(String file) {
            return with(words, MEMORY, file);
        }
    }

    /// What a command writes to its standard output goes to the target.
    record CommandToStream(List<String> words) implements DumpWriting {

        @Override
        public String fileName() {
            return "vmcore";
        }

        /// The command line.
        public List<String> command() {
            return with(words, MEMORY);
        }
    }

    /// `scp`, which connects by itself.
    ///
    /// @param login `user@host`, an IPv6 address in brackets
    record RemoteCopy(List<String> words, String login) implements DumpWriting {

        @Override
        public String fileName() {
            return "vmcore";
        }

        /// The command line.
        public List<String> writing(String file) {
            return with(words, MEMORY, login + ":" + file);
        }
    }

    /// We copy all memory.
    record Copy() implements DumpWriting {

        @Override
        public String fileName() {
            return "vmcore";
        }
    }

    /// There is no dump.
    record Nothing() implements DumpWriting {

        @Override
        public String fileName() {
            return "";
        }
    }

    static DumpWriting of(Collector collector, Target target) {
        return switch (collector) {
            case Collector.Makedumpfile(var options) when target.isMounted() -> new OwnFile(options);
            case Collector.Makedumpfile(var options) -> new OwnStream(options);
            case Collector.Command(var words) when target.isMounted() -> new CommandToFile(words);
            case Collector.Command(var words)
            when target instanceof Target.Ssh ssh && isScp(words.getFirst()) ->
                new RemoteCopy(
                        words, ssh.login().user() + "@" + ssh.login().server().bracketed());
            case Collector.Command(var words) -> new CommandToStream(words);
            case Collector.Copy _ -> new Copy();
            case Collector.LogOnly _ -> new Nothing();
        };
    }

    private static boolean isScp(String program) {
        return program.substring(program.lastIndexOf('/') + 1).equals("scp");
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}

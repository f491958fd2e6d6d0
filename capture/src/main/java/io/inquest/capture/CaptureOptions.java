package io.inquest.capture;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.GivenName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The command line of `inquest capture`.
///
/// @param files configuration; those of the running system if none
/// @param vmcore what shows the memory
/// @param folders where to save, instead of the configured targets
/// @param prepare the program that makes configured targets ready
/// @param run a folder in memory, for the state file and for signs of life
record CaptureOptions(List<Path> files, Path vmcore, List<Path> folders, Optional<String> prepare, Optional<Path> run) {

    private static final Path VMCORE = Path.of("/proc/vmcore");
    private static final String FILE = "--file";
    private static final String FROM = "--from";
    private static final String TARGET = "--target";
    private static final String PREPARE = "--prepare";
    private static final String RUN = "--run";
    private static final Set<String> OPTIONS = Set.of(FILE, FROM, TARGET, PREPARE, RUN);

    /// A command line that is not understood; the message says why.
    static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /// A value follows its option as the next word, or behind a `=`.
    static CaptureOptions parse(String... words) throws UsageException, DumpException {
        List<Path> files = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        Path vmcore = VMCORE;
        Optional<String> prepare = Optional.empty();
        Optional<Path> run = Optional.empty();
        for (int i = 0; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            String option = equals < 0 ? words[i] : words[i].substring(0, equals);
            checkIsOption(option);
            if (equals < 0 && i + 1 == words.length) {
                throw new UsageException(option + " needs a value");
            }
            String value = equals < 0 ? words[++i] : words[i].substring(equals + 1);
            switch (option) {
                case FILE -> files.add(GivenName.path(value));
                case FROM -> vmcore = GivenName.path(value);
                case TARGET -> folders.add(GivenName.path(value));
                case PREPARE -> prepare = Optional.of(value);
                default -> run = Optional.of(GivenName.path(value));
            }
        }
        return new CaptureOptions(files, vmcore, folders, prepare, run);
    }

    private static void checkIsOption(String word) throws UsageException {
        if (!word.startsWith("-")) {
            throw new UsageException("what is " + word + "? A dump is given with --from");
        }
        if (!OPTIONS.contains(word)) {
            throw new UsageException("there is no option " + word);
        }
    }

    /// Whether this is a capture kernel, in which nobody else does anything.
    boolean isInCaptureKernel() {
        return vmcore.equals(VMCORE);
    }
}

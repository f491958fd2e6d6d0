package io.inquest.kdump.plan;

import java.util.List;
import java.util.Optional;

/// What process 1 of the capture kernel has to do. [PlanText] is how it is told.
///
/// @param modules in the order in which they are inserted
/// @param runtime with Java in it; empty where process 1 saves the dump alone
/// @param java what saves the dump
/// @param deadlineSeconds of the whole capture; 0 for as long as it takes
/// @param targets in the order in which they are tried
/// @param success how it ends when the dump is saved
/// @param failure how it ends when it is not
/// @param consoles device files; the kernel's own console if there are none
public record Plan(
        List<KernelModule> modules,
        Optional<RuntimeImage> runtime,
        Optional<Java> java,
        Optional<Watchdog> watchdog,
        int deadlineSeconds,
        List<PlanTarget> targets,
        Ending success,
        Ending failure,
        List<String> consoles) {

    /// Where the plan lies in the image.
    public static final String PATH = "/etc/inquest/plan";

    public Plan {
        modules = List.copyOf(modules);
        targets = List.copyOf(targets);
        consoles = List.copyOf(consoles);
        if (deadlineSeconds < 0) {
            throw new IllegalArgumentException("deadline of " + deadlineSeconds + " s");
        }
    }

    /// A kernel module.
    ///
    /// @param path in the image
    /// @param parameters as the kernel takes them, separated by blanks; may be empty
    public record KernelModule(String path, String parameters) {}

    /// The image of a file system that is mounted at [#FOLDER], or what lies there already.
    ///
    /// @param path in the image
    /// @param type of the file system, or [#IN_PLACE]
    public record RuntimeImage(String path, String type) {

        public static final String FOLDER = "/inquest";

        public static final String IN_PLACE = "dir";
    }

    /// A program that gives signs of life.
    ///
    /// @param silenceSeconds without one, after which it is ended; 0 for never
    /// @param words the program's path and its arguments
    public record Java(int silenceSeconds, List<String> words) {

        public Java {
            words = List.copyOf(words);
            if (words.isEmpty() || silenceSeconds < 0) {
                throw new IllegalArgumentException("java " + silenceSeconds + " " + words);
            }
        }
    }

    /// The hardware's watchdog.
    ///
    /// @param device its device file
    /// @param seconds within which it must be fed
    public record Watchdog(String device, int seconds) {

        public Watchdog {
            if (seconds <= 0) {
                throw new IllegalArgumentException("watchdog of " + seconds + " s");
            }
        }
    }
}

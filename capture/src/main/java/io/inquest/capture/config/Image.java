package io.inquest.capture.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the capture image holds, and when it is made.
///
/// @param programs further programs, which bring the libraries they need
/// @param modules further kernel modules, which are loaded
/// @param excludedModules modules that are not loaded (the old `blacklist`)
/// @param dracutArguments of `dracut_args`, less `--mount`: for images that dracut makes
/// @param diskPatience how long to wait for disks (the old `disk_timeout`); empty for as long as it takes
/// @param linkPatience how long to wait for a network card's link (the old `link_delay`)
/// @param memoryTrace how much the boot says of memory use, 0 to 3 (the old `debug_mem_level`)
/// @param sysctl settings of the capture kernel (Debian)
public record Image(
        Setting<List<String>> programs,
        Setting<List<String>> modules,
        Setting<List<String>> excludedModules,
        Setting<List<String>> dracutArguments,
        Setting<RebuildPolicy> rebuild,
        Setting<Optional<Duration>> diskPatience,
        Setting<Optional<Duration>> linkPatience,
        Setting<Integer> memoryTrace,
        Setting<Optional<AbsolutePath>> sysctl) {

    /// Whether `dracut_args` leaves out a module of dracut's, by `-o` or `--omit`. Users so leave out `watchdog`.
    public boolean omitsDracutModule(String module) {
        List<String> arguments = dracutArguments.value();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String omitted = argument.startsWith("--omit=") ? argument.substring("--omit=".length()) : "";
            if ((argument.equals("-o") || argument.equals("--omit")) && i + 1 < arguments.size()) {
                omitted = arguments.get(i + 1);
            }
            if (List.of(omitted.split(" ", -1)).contains(module)) {
                return true;
            }
        }
        return false;
    }
}

package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Image;
import io.inquest.capture.config.RebuildPolicy;
import io.inquest.capture.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is read of the capture image.
final class DraftImage {

    Setting<List<String>> programs = Setting.byDefault(List.of());
    Setting<List<String>> modules = Setting.byDefault(List.of());
    Setting<List<String>> excludedModules = Setting.byDefault(List.of());
    Setting<List<String>> dracutArguments = Setting.byDefault(List.of());
    Setting<RebuildPolicy> rebuild = Setting.byDefault(RebuildPolicy.WHEN_CHANGED);
    Setting<Optional<Duration>> diskPatience = Setting.byDefault(Optional.empty());
    Setting<Optional<Duration>> linkPatience = Setting.byDefault(Optional.empty());
    Setting<Integer> memoryTrace = Setting.byDefault(0);
    Setting<Optional<AbsolutePath>> sysctl = Setting.byDefault(Optional.empty());

    Image finish() {
        return new Image(
                programs,
                modules,
                excludedModules,
                dracutArguments,
                rebuild,
                diskPatience,
                linkPatience,
                memoryTrace,
                sysctl);
    }
}

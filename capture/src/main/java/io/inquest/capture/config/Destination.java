package io.inquest.capture.config;

/// One place to which a dump may go.
///
/// @param path the folder in which each dump gets a folder of its own. For [Target.RunningSystem] as the running system
///     sees it, else below the target's root; without a meaning for [Target.RawDevice]
public record Destination(Setting<Target> target, Setting<AbsolutePath> path) {

    @Override
    public String toString() {
        return target.value() instanceof Target.RawDevice
                ? target.value().toString()
                : target.value() + ", path " + path.value();
    }
}

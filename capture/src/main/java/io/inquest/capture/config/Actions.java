package io.inquest.capture.config;

import java.time.Duration;
import java.util.Optional;

/// What runs before and after the saving, and how the capture ends.
///
/// @param pre runs before anything is saved
/// @param preRefusal what its failure leads to
/// @param post runs after, with the status of the saving
/// @param emergency runs when the capture failed
/// @param transfer a shell's command line that does all the saving instead of us (SUSE)
/// @param failure what follows when no target took the dump
/// @param success the final action
/// @param deadline after which the machine reboots whatever happens
public record Actions(
        Setting<Optional<String>> pre,
        Setting<PreRefusal> preRefusal,
        Setting<Optional<String>> post,
        Setting<Optional<AbsolutePath>> emergency,
        Setting<Optional<String>> transfer,
        Setting<FailureAction> failure,
        Setting<FinalAction> success,
        Setting<Optional<Duration>> deadline,
        Fence fence) {}

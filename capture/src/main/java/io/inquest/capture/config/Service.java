package io.inquest.capture.config;

/// What the running host does about captures.
///
/// @param enabled whether a capture kernel is loaded at all (Debian's `USE_KDUMP`)
/// @param testNotice whether the start tells when a capture was last tested
/// @param fadump whether the firmware keeps the memory instead of a reservation (POWER)
/// @param autoResize whether the reservation is made smaller at boot when less will do
/// @param updateBootLoader whether the boot loader's `crashkernel=` may be changed
public record Service(
        Setting<Boolean> enabled,
        Setting<Boolean> testNotice,
        Setting<Boolean> fadump,
        Setting<Boolean> autoResize,
        Setting<Boolean> updateBootLoader,
        LogLevels logLevels,
        Mail mail) {}

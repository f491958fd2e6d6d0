package io.inquest.makedumpfile.option;

import java.util.Optional;

/// Features of makedumpfile(8) that are not there yet. Asking for one is refused, and nothing is written: a dump
/// without it would not be the dump that was asked for.
final class Missing {

    private static final Switch[] OPTIONS = {
        Switch.EPPIC,
        Switch.EXTENSION,
        Switch.XEN_SYMS,
        Switch.XEN_VMCOREINFO,
        Switch.XEN_PHYS_START,
        Switch.EXCLUDE_XEN_USER,
        Switch.DISKSET,
    };

    private Missing() {}

    /// The line for the first missing feature that is asked for.
    static Optional<String> feature(Settings given) {
        for (Switch option : OPTIONS) {
            if (given.has(option)) {
                return Optional.of("makedumpfile: " + option.written() + " is not supported yet.");
            }
        }
        return Optional.empty();
    }
}

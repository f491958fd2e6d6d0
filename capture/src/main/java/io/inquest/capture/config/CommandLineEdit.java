package io.inquest.capture.config;

import java.util.List;
import java.util.Optional;

/// How the capture kernel's command line is made: from a base, less parameters, plus others.
///
/// @param base empty for the running kernel's
/// @param remove names of parameters; whatever value each has
/// @param append what is added
/// @param moduleOptions parameters of modules, `module.option=value`, which are added as well (the old `options`)
public record CommandLineEdit(
        Setting<Optional<String>> base,
        Setting<List<String>> remove,
        Setting<Optional<String>> append,
        Setting<Optional<String>> moduleOptions) {

    /// The capture kernel's command line as far as it is configured.
    ///
    /// @param running the running kernel's, of `/proc/cmdline`
    public String applyTo(String running) {
        return KernelParameters.of(base.value().orElse(running))
                .without(remove.value())
                .with(KernelParameters.of(moduleOptions.value().orElse("")))
                .with(KernelParameters.of(append.value().orElse("")))
                .withoutEmpty()
                .toString();
    }
}

package io.inquest.kdump.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a kernel was built with: a file such as `/boot/config-6.12.0`.
public final class KernelConfig {

    private final Set<String> builtIn;

    private KernelConfig(Set<String> builtIn) {
        this.builtIn = builtIn;
    }

    public static KernelConfig read(Path file) throws IOException {
        return of(Inputs.lines(file));
    }

    static KernelConfig of(List<String> lines) {
        Set<String> builtIn = new HashSet<>();
        for (String line : lines) {
            if (line.startsWith("CONFIG_") && line.endsWith("=y")) {
                builtIn.add(line.substring("CONFIG_".length(), line.length() - "=y".length()));
            }
        }
        return new KernelConfig(builtIn);
    }

    /// Where nothing is known of a kernel.
    public static KernelConfig unknown() {
        return new KernelConfig(Set.of());
    }

    /// Whether something is built in.
    ///
    /// @param option without `CONFIG_`
    public boolean has(String option) {
        return builtIn.contains(option);
    }
}

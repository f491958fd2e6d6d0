package io.inquest.fuzz;

import java.io.IOException;

/// What Jazzer calls: the target that the property `inquest.fuzz.target` names.
public final class JazzerEntry {

    private static Watch watch = new Watch(new Target("none", java.util.List::of, input -> {}));

    private JazzerEntry() {}

    /// Called by Jazzer once, before all inputs.
    public static void fuzzerInitialize() throws IOException {
        watch = new Watch(Targets.named(System.getProperty("inquest.fuzz.target", "")));
    }

    /// Called by Jazzer with each input.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        watch.read(input);
    }
}

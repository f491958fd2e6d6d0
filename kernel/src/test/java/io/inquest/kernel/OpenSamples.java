package io.inquest.kernel;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The kernels of the samples, opened once for all tests of a run and never closed.
public final class OpenSamples {

    private static final Map<String, Kernel> KERNELS = new ConcurrentHashMap<>();

    private OpenSamples() {}

    public static Kernel kernel(String sample) {
        return KERNELS.computeIfAbsent(sample, OpenSamples::open);
    }

    private static Kernel open(String sample) {
        try {
            return Kernel.open(Samples.unpack(sample));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

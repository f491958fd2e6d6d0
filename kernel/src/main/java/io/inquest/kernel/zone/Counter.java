package io.inquest.kernel.zone;

import io.inquest.kernel.object.KernelObject;

/// Numbers that the kernel keeps as `atomic_long_t` in one release and as `unsigned long` in another.
final class Counter {

    private Counter() {}

    /// The number, whichever of both it is.
    static long value(KernelObject counter) {
        return counter.find("counter").orElse(counter).signed();
    }
}

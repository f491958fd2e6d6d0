package io.inquest.kdump.kexec;

import java.io.IOException;

/// How the running kernel is asked.
public interface KexecCalls {

    /// Loads a kernel; what was in the slot before is gone, even if this fails with a [KexecRefused].
    void load(KernelSlot slot, KernelToLoad kernel) throws IOException;

    /// Empties a slot.
    void unload(KernelSlot slot) throws IOException;
}

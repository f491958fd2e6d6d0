package io.inquest.kdump.kexec;

/// The two places that a running kernel keeps another one in.
public enum KernelSlot {
    /// Started by a fast reboot.
    REBOOT("for a fast reboot", "loaded", "kexec_loaded"),
    /// Started by a crash, in the memory that `crashkernel=` reserved.
    CRASH("for a crash", "crash_loaded", "kexec_crash_loaded");

    private final String purpose;
    private final String stateName;
    private final String oldStateName;

    KernelSlot(String purpose, String stateName, String oldStateName) {
        this.purpose = purpose;
        this.stateName = stateName;
        this.oldStateName = oldStateName;
    }

    /// What it is for, in messages.
    public String purpose() {
        return purpose;
    }

    /// Its file below `/sys/kernel/kexec`.
    String stateName() {
        return stateName;
    }

    /// Its file below `/sys/kernel`, where kernels before 7.0 have it.
    String oldStateName() {
        return oldStateName;
    }
}

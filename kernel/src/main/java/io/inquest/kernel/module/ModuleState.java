package io.inquest.kernel.module;

/// Where a module is in its life (kernel: `include/linux/module.h`, `enum module_state`).
public enum ModuleState {
    LIVE("Live"),
    COMING("Loading"),
    GOING("Unloading"),
    UNFORMED("Unformed");

    private final String words;

    ModuleState(String words) {
        this.words = words;
    }

    /// As `/proc/modules` says it.
    public String words() {
        return words;
    }

    static ModuleState of(long value) {
        ModuleState[] all = values();
        return value >= 0 && value < all.length ? all[(int) value] : UNFORMED;
    }
}

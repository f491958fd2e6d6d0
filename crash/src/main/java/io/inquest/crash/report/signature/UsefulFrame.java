package io.inquest.crash.report.signature;

/// A frame that tells deaths apart.
///
/// @param name its function, as [FrameName] has it
/// @param module the module it is in; empty for the kernel's own
/// @param outOfTree whether that module is not part of the kernel's own source tree
public record UsefulFrame(String name, String module, boolean outOfTree) {

    /// `name@module` for any module.
    String withModule() {
        return module.isEmpty() ? name : name + "@" + module;
    }

    /// As keys have it: the same driver may be built in or a module, so only foreign modules are named.
    String inKeys() {
        return outOfTree ? withModule() : name;
    }
}

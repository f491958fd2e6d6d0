package io.inquest.crash.report.signature;

import java.util.List;

/// The name of a function as signatures know it: the same from compiler to compiler, architecture to
/// architecture.
///
/// | As the kernel has it           | Becomes           | Because                                       |
/// |--------------------------------|-------------------|-----------------------------------------------|
/// | `foo.isra.0`, `foo.cold`       | `foo`             | each compiler splits functions in its own way |
/// | `.foo`                         | `foo`             | powerpc's function entries                    |
/// | `__pfx_foo`                    | `foo`             | padding before a function, since 6.2          |
/// | `__x64_sys_read`, `SyS_read`, `ksys_read` | `sys_read` | each architecture and age has its own     |
/// | `bpf_prog_6deef7357e7b4530_name` | `bpf_prog:name` | the tag is a hash of the program              |
/// | `_RNvNtCs1_6kernel4sync4lock`  | `kernel::sync::lock` | Rust, without hashes                       |
/// | `_ZN4core9panicking5panic17h0123456789abcdefE` | `core::panicking::panic` | older Rust           |
public final class FrameName {

    private static final List<String> SYSCALL_PREFIXES = List.of(
            "__x64_compat_sys_",
            "__ia32_compat_sys_",
            "__arm64_compat_sys_",
            "__s390_compat_sys_",
            "__do_compat_sys_",
            "__se_compat_sys_",
            "__x64_sys_",
            "__x32_compat_sys_",
            "__ia32_sys_",
            "__arm64_sys_",
            "__riscv_sys_",
            "__s390x_sys_",
            "__s390_sys_",
            "__powerpc_sys_",
            "__se_sys_",
            "__do_sys_",
            "compat_sys_",
            "compat_SyS_",
            "compat_SYSC_",
            "SyS_",
            "SYSC_",
            "ksys_",
            "____sys_",
            "___sys_",
            "__sys_");
    private static final String BPF = "bpf_prog_";
    private static final int BPF_TAG_DIGITS = 16;

    private FrameName() {}

    /// The name without what differs between builds of the same source.
    public static String of(String function) {
        String name = function;
        while (name.startsWith(".")) {
            name = name.substring(1);
        }
        if (name.startsWith("_R") || name.startsWith("_ZN")) {
            return RustName.of(name);
        }
        int dot = name.indexOf('.');
        if (dot > 0) {
            name = name.substring(0, dot);
        }
        if (name.startsWith("__pfx_")) {
            name = name.substring("__pfx_".length());
        }
        if (name.startsWith(BPF)) {
            return bpf(name);
        }
        for (String prefix : SYSCALL_PREFIXES) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                return "sys_" + name.substring(prefix.length());
            }
        }
        return name;
    }

    private static String bpf(String name) {
        int tagEnd = BPF.length() + BPF_TAG_DIGITS;
        boolean named = name.length() > tagEnd + 1 && name.charAt(tagEnd) == '_';
        return named ? "bpf_prog:" + name.substring(tagEnd + 1) : "bpf_prog";
    }
}
